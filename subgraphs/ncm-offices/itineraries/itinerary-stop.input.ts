import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType()
export class ConfirmRegionalStopInput {
  @Field(() => ID)
  stop: string;

  @Field(() => ID)
  office: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => Int)
  stopVersion: number;
}
