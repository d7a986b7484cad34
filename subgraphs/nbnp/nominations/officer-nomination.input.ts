import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('AcceptOfficerInput')
export class AcceptOfficerInput {
  @Field(() => ID)
  group: string;

  @Field(() => ID)
  nomination: string;

  @Field(() => ID)
  officer: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => Int)
  version: number;
}

@InputType('DeclineOfficerInput')
export class DeclineOfficerInput extends AcceptOfficerInput {
  @Field(() => String, { nullable: true })
  reason?: string | null;
}
