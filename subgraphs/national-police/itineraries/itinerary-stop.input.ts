import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('ConfirmStopInput')
export class ConfirmStopInput {
  @Field(() => ID)
  unit: string;

  @Field(() => ID)
  stop: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => Int)
  stopVersion: number;
}
