import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('NominateOfficerInput')
export class NominateOfficerInput {
  @Field(() => ID)
  group: string;

  @Field(() => ID)
  officer: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => String, { nullable: true })
  motivation?: string | null;

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType('WithdrawOfficerInput')
export class WithdrawOfficerInput {
  @Field(() => ID)
  nomination: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => Int)
  version: number;
}
