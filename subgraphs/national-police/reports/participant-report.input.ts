import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType('HandInOfficerReportInput')
export class HandInOfficerReportInput {
  @Field(() => ID)
  officer: string;

  @Field(() => ID)
  group: string;

  @Field(() => ID)
  visit: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => String)
  text: string;

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}
