import { GroupMeetingInput, words } from '@hub/shared/vocabulary';
import { Field, InputType, Int } from 'type-graphql';

@InputType({
  description:
    'A meeting of a Nordic-Baltic group. It replaces what was recorded of its kind; what is left out stays, and null removes it.',
})
export class RecordGroupMeetingInput extends GroupMeetingInput {
  @Field(() => Int, { description: words.Input.version })
  version: number;
}
