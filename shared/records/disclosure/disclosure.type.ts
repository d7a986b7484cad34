import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import {
  type Connection,
  createConnectionTypes,
} from '../../database/pagination/connection-types.js';
import { DateTimeScalar } from '../../graphql/scalars/scalars.js';
import { Access } from '../../identity/access.js';

/**
 * The contract’s `Disclosure`: who read what and when, never the values. Every partner publishes
 * it.
 */
@Directive('@shareable')
@ObjectType('Disclosure', {
  description:
    "One reading of an organisation's restricted data, as recorded by that organisation.",
})
@Access('disclosures')
export class Disclosure {
  @Field(() => ID, {
    description:
      'The organisation that owns the data, and the entry in its record. For its own auditors it is the number of the entry.',
  })
  id: string;

  @Field(() => DateTimeScalar, { description: 'When it was read.' })
  at: string;

  @Field(() => String, { description: 'Code of the organisation that read: `dk`, `ncm`.' })
  readerOrganisation: string;

  @Field(() => String, {
    description:
      'The `sub` of the reader’s token, or the organisation’s own server. Empty for auditors of another organisation than the reader’s, and once the name was erased by age.',
  })
  reader: string;

  @Field(() => String, {
    description: 'The reader’s role: `coordinator`, `liaison`, `analyst`, `service`.',
  })
  role: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it was read, as the caller stated: `HOSTING`, `OTHER: a study`; null if it did not. After `; `, the kind of the task that gave access: `DECIDE_NOMINATION`. A task is for `PROGRAMME` if nothing was stated.',
  })
  purpose: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the client’s operation; null if it has none.',
  })
  operationName: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of the client program, from the header `apollographql-client-name`; null if it has none.',
  })
  clientName: string | null;

  @Field(() => String, { description: 'The type whose restricted fields were read: `Officer`.' })
  type: string;

  @Field(() => [String], { description: 'Names of the restricted fields that were read.' })
  fields: readonly string[];

  @Field(() => Int, { description: 'How many records were read.' })
  records: number;

  @Field(() => Boolean, {
    description:
      'True if the caller was refused. Without `fields`, it was refused the records themselves.',
  })
  wasRefused: boolean;
}

/** A page of the record. It has no count, which would reveal more than the page. */
export const { ConnectionType: DisclosureConnection } = createConnectionTypes(
  Disclosure,
  'Disclosure',
  { counts: 'none', access: 'disclosures', isShareable: true },
);
export type DisclosureConnection = Pick<Connection<Disclosure>, 'edges' | 'nodes' | 'pageInfo'>;
