import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({
  description:
    'A meeting of a Nordic-Baltic group. It replaces what was recorded of its kind; what is left out stays, and null removes it.',
})
export class RecordGroupMeetingInput extends vocabulary.GroupMeetingInput {
  @Field(() => Int, { description: words.Input.version })
  version: number;

  @Field(() => Int, {
    nullable: true,
    description: `The meeting’s own: \`GroupMeeting.version\`. ${words.Input.versionOrNone}`,
  })
  meetingVersion?: number | null;
}

@InputType({ description: 'A meeting of a Nordic-Baltic group that was recorded by mistake.' })
export class RemoveGroupMeetingInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => vocabulary.MeetingKind, {
    description: 'Whether the briefing or the debriefing is removed.',
  })
  kind: vocabulary.MeetingKind;

  @Field(() => Int, { description: words.Input.version })
  version: number;

  @Field(() => Int, {
    nullable: true,
    description: `The meeting’s own: \`GroupMeeting.version\`. ${words.Input.versionOrNone}`,
  })
  meetingVersion?: number | null;
}
