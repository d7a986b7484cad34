import { Access } from '@hub/shared/policy';
import { PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { ContactBasis, type ContactLevel } from './vocabulary.js';

/** What is counted as one: the id of a party, or at the level of countries the code of one. */
export type Actor = string;

@ObjectType('ContactEvidence', {
  description:
    'Why two parties are in contact. One of `event`, `visit` and `programme` says what they did together.',
})
@Access('open')
export class ContactEvidence {
  /** The id of the event, visit or programme. */
  subjectId: string;

  @Field(() => ContactBasis, { description: 'What brought the two together.' })
  basis: ContactBasis;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description:
      'When it began, as precisely as it is known; its end where only that is known. Null where neither is.',
  })
  on: string | null;

  @Field(() => UrlScalar, {
    nullable: true,
    description: 'The source of the event or programme. Null for a visit: the network recorded it.',
  })
  source: string | null;
}

@ObjectType('Contact', {
  description:
    'Two parties and what they have in common: events, visits that have ended, and programmes. It differs from caller to caller, because a visit counts only for those who may read its itinerary.',
})
@Access('open')
export class Contact {
  /** The two, the smaller first. */
  between: readonly [Actor, Actor];

  level: ContactLevel;

  @Field(() => Int, {
    description:
      'How many events, visits and programmes they have in common. An event and its part count once.',
  })
  strength: number;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'The earliest date of the evidence. Null where none is dated.',
  })
  firstOn: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'The latest date of the evidence. Null where none is dated.',
  })
  lastOn: string | null;

  @Field(() => [ContactEvidence], {
    description:
      'All that they have in common, ordered by the id of the event, visit or programme.',
  })
  evidence: readonly ContactEvidence[];
}

@ObjectType('ContactPath', { description: 'A chain of parties, each in contact with the next.' })
@Access('open')
export class ContactPath {
  actors: readonly Actor[];

  level: ContactLevel;

  @Field(() => Int, { description: 'How many contacts the chain has: one less than parties.' })
  length: number;
}

@ObjectType('Centrality', {
  description: 'How central a party is in the network of contacts that the filter selects.',
})
@Access('open')
export class Centrality {
  actor: Actor;

  level: ContactLevel;

  @Field(() => Int, { description: 'With how many others it is in contact.' })
  degree: number;

  @Field(() => Number, {
    description:
      'The share of the shortest chains between all other pairs that lead through it, from 0 to 1 (Freeman), on the undirected graph without weights. Rounded to 12 decimals.',
  })
  betweenness: number;

  @Field(() => Int, {
    description:
      'The number of its component: parties are in one if a chain of contacts leads from one to the other. 1 is the largest; of equally large ones, that with the smallest id comes first.',
  })
  component: number;
}

@ObjectType('ContactNetwork', {
  description: 'A party with those around it, and all contacts among them.',
})
@Access('open')
export class ContactNetwork {
  actors: readonly Actor[];

  level: ContactLevel;

  @Field(() => [Contact], {
    description: 'The contacts among these parties, ordered by their two ids.',
  })
  contacts: readonly Contact[];
}
