import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Access } from '../access/index.js';
import { createConnectionTypes } from '../pagination/index.js';
import { DateTimeScalar } from '../scalars/index.js';

/** The contract’s `Disclosure`: who read what, and when, never the values. Every partner publishes it. */
@Directive('@shareable')
@ObjectType('Disclosure', {
  description:
    "One reading of an organisation's restricted data, written down by the organisation that was asked.",
})
@Access('disclosures')
export class Disclosure {
  @Field(() => ID)
  id: string;

  @Field(() => DateTimeScalar)
  at: string;

  @Field(() => String)
  readerOrganisation: string;

  @Field(() => String)
  reader: string;

  @Field(() => String)
  role: string;

  @Field(() => String, { nullable: true })
  operationName: string | null;

  @Field(() => String)
  type: string;

  @Field(() => [String])
  fields: readonly string[];

  @Field(() => Int)
  records: number;
}

/** A page of the record. It has no count: that would tell more than the page. */
export const { ConnectionType: DisclosureConnection } = createConnectionTypes(
  Disclosure,
  'Disclosure',
  { counts: 'none', access: 'disclosures', isShareable: true },
);
