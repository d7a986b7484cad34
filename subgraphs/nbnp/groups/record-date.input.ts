import { DateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType, Int } from 'type-graphql';

/** The day of a step of a group’s or a visit’s. */
@InputType('RecordDateInput')
export class RecordDateInput {
  @Field(() => ID)
  id: string;

  @Field(() => DateScalar)
  on: string;

  @Field(() => Int)
  version: number;
}
