import { createConnectionTypes } from '@hub/shared/pagination';
import { DateTimeScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

@Directive('@shareable')
@ObjectType('Disclosure', {
  description:
    "One reading of an organisation's restricted data, written down by the organisation that was asked.",
})
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
  fields: string[];

  @Field(() => Int)
  records: number;
}

export const { ConnectionType: DisclosureConnection } = createConnectionTypes(
  Disclosure,
  'Disclosure',
  'none',
  true,
);
