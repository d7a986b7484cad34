import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: 'The offices’ signature under an evaluation.' })
export class SignOfficeEvaluationInput {
  @Field(() => ID, { description: 'Id of the programme that is evaluated.' })
  programme: string;

  @Field(() => DateScalar, { description: 'The day of the signature.' })
  on: string;
}
