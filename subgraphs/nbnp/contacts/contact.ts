import { PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Field, Int, ObjectType } from 'type-graphql';
import { ContactBasis, type ContactLevel } from '../entities/vocabulary.js';

/** What counts as one: the id of a party, or at level COUNTRY the code of a country. */
export type Actor = string;

@ObjectType('ContactEvidence', {
  description:
    'Why two parties are in contact. One of `event`, `visit`, `programme`, `memberships` and `spokesmanship` says what they have in common.',
})
@Access('open')
export class ContactEvidence {
  /** The id of the event, visit, programme or spokesmanship, or the memberships. */
  subjectId: string;

  @Field(() => ContactBasis, { description: 'What brought the two together.' })
  basis: ContactBasis;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description:
      'When it began, as precisely as known; its end if only that is known. Null if neither is known.',
  })
  on: string | null;

  @Field(() => UrlScalar, {
    nullable: true,
    description:
      'The source of the event, programme or membership. Null for a visit: the network recorded it.',
  })
  source: string | null;

  @Field(() => Boolean, { description: words.Rehearsal.inherited })
  isRehearsal: boolean;
}

@ObjectType('Contact', {
  description:
    'Two parties and what they have in common: events, visits that have ended, and programmes. It differs from caller to caller, because a visit counts only for those who may read its itinerary.',
})
@Access('open')
export class Contact {
  /** The two actors, the smaller one first. */
  between: readonly [Actor, Actor];

  level: ContactLevel;

  @Field(() => Int, {
    description:
      'How many events, visits and programmes they have in common. An event and its part count once.',
  })
  strength: number;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'The earliest date of the evidence. Null if none has a date.',
  })
  firstOn: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'The latest date of the evidence. Null if none has a date.',
  })
  lastOn: string | null;

  @Field(() => [ContactEvidence], {
    description:
      'All that they have in common, ordered by the id of the event, visit or programme.',
  })
  evidence: readonly ContactEvidence[];

  @Field(() => Boolean, {
    description: 'True if only rehearsals bring the two together: that they did is not a fact.',
  })
  isRehearsal: boolean;
}

@ObjectType('ContactPath', { description: 'A chain of parties, each in contact with the next.' })
@Access('open')
export class ContactPath {
  actors: readonly Actor[];

  level: ContactLevel;

  @Field(() => Int, { description: 'The number of contacts in the chain: one less than parties.' })
  length: number;

  @Field(() => Boolean, {
    description: 'True if only rehearsals give one of its contacts: the chain is not a fact.',
  })
  isRehearsal: boolean;
}

@ObjectType('Centrality', {
  description: 'How central a party is in the network of contacts that the filter selects.',
})
@Access('open')
export class Centrality {
  actor: Actor;

  level: ContactLevel;

  @Field(() => Int, { description: 'The number of parties with which it is in contact.' })
  degree: number;

  @Field(() => Number, {
    description:
      'The share of the shortest chains between all other pairs that pass through it, from 0 to 1 (Freeman’s betweenness), on the undirected graph without weights. Rounded to 12 decimals.',
  })
  betweenness: number;

  @Field(() => Int, {
    description:
      'The number of its component. Two parties are in the same component if a chain of contacts connects them. 1 is the largest; of equally large ones, the one with the smallest id comes first.',
  })
  component: number;

  @Field(() => Boolean, {
    description: 'True if only rehearsals give its contacts: that it has any is not a fact.',
  })
  isRehearsal: boolean;
}

@ObjectType('ContactNetwork', {
  description: 'A party with the parties around it, and all contacts among them.',
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
