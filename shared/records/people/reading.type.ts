import { Directive, Field, ID, ObjectType } from 'type-graphql';
import {
  type Connection,
  createConnectionTypes,
} from '../../database/pagination/connection-types.js';
import { DateTimeScalar, createEnum } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';
import { type PurposeName, purposeMeanings } from '../../identity/request-headers.js';

export const Purpose = createEnum(
  'Purpose',
  'Why somebody reads data about people.',
  purposeMeanings,
);
export type Purpose = PurposeName;

/** The contract’s `Reading`: who read what about one person. Every partner publishes it. */
@Directive('@shareable')
@ObjectType('Reading', {
  description: 'One reading of restricted data about one person, or the refusal of one.',
})
@Access('readings')
export class Reading {
  @Field(() => ID, { description: 'The organisation that recorded it, and its own number.' })
  id: string;

  @Field(() => DateTimeScalar, { description: 'When it was read.' })
  at: string;

  @Field(() => String, { description: 'Code of the organisation whose data was read.' })
  owner: string;

  @Field(() => String, { description: 'Code of the organisation that read: `dk`, `ncm`.' })
  organisation: string;

  @Field(() => String, { description: 'The reader’s role: `coordinator`, `service`.' })
  role: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The `sub` of the reader’s token; null for all but auditors of the same organisation, and once the name was erased by age.',
  })
  reader: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the client program; null if it has none.',
  })
  client: string | null;

  @Field(() => Purpose, { nullable: true, description: 'Why it was read; null if nobody said.' })
  purpose: Purpose | null;

  @Field(() => String, {
    nullable: true,
    description: 'The purpose in the reader’s words, and the kind of the task that gave access.',
  })
  purposeNote: string | null;

  @Field(() => String, { description: 'The type whose restricted fields were read: `Officer`.' })
  type: string;

  @Field(() => [String], {
    description:
      'Names of the restricted fields. Empty if the reader was refused the record itself.',
  })
  fields: readonly string[];

  @Field(() => Boolean, { description: 'True if the reader was refused the fields.' })
  wasRefused: boolean;
}

const { ConnectionType } = createConnectionTypes(Reading, 'Reading', {
  counts: 'none',
  access: 'readings',
  isShareable: true,
});

type ReadingPage = Pick<Connection<Reading>, 'edges' | 'nodes' | 'pageInfo'>;

export interface ReadingConnection extends ReadingPage {
  readonly toldSince: string | null;
}
export const ReadingConnection = ConnectionType;
Field(() => DateTimeScalar, {
  nullable: true,
  description:
    'The record can tell whom a reading was about since then. Null if it has no such reading.',
})(ReadingConnection.prototype, 'toldSince');
