import { DateScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

/** The day of a step of a group, a visit or an evaluation. */
@InputType('RecordDateInput', {
  description: 'The day on which something happened to a group, a visit or an evaluation.',
})
export class RecordDateInput {
  @Field(() => ID, {
    description: 'Id of the group or visit; of the programme for its evaluation.',
  })
  id: string;

  @Field(() => DateScalar, { description: 'The day.' })
  @Happened()
  on: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}
