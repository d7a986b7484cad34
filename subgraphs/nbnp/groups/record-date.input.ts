import { DateScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Field, ID, InputType, Int } from 'type-graphql';

/** The day of a step of a group or a visit. */
@InputType('RecordDateInput', {
  description: 'The day on which something happened to a group or a visit.',
})
export class RecordDateInput {
  @Field(() => ID, { description: 'Id of the group or visit.' })
  id: string;

  @Field(() => DateScalar, { description: 'The day.' })
  on: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}
