import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType()
export class SignOfficeEvaluationInput {
  @Field(() => ID)
  programme: string;

  @Field(() => DateScalar)
  on: string;
}
