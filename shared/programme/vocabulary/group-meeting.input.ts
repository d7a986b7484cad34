import { Field, ID, InputType, Int } from 'type-graphql';
import { DateScalar } from '../../graphql/scalars/scalars.js';
import { Distinct, Happened } from '../../partner/mutations/input-rules.js';
import { words } from '../../partner/words.js';
import { MeetingKind } from './enums.js';

/** A meeting of a group. The partners’ inputs extend it by what else identifies it. */
@InputType('GroupMeetingInput')
export abstract class GroupMeetingInput {
  @Field(() => ID, { description: 'Id of the group: `nbnp:…`.' })
  group: string;

  @Field(() => MeetingKind, { description: words.GroupMeeting.kind })
  kind: MeetingKind;

  @Field(() => DateScalar, { description: words.GroupMeeting.on })
  @Happened()
  on: string;

  @Field(() => String, { nullable: true, description: words.GroupMeeting.place })
  place?: string | null;

  @Field(() => String, { nullable: true, description: words.GroupMeeting.agenda })
  agenda?: string | null;

  @Field(() => String, { nullable: true, description: words.GroupMeeting.outcome })
  outcome?: string | null;

  @Field(() => [ID], { nullable: true, description: words.GroupMeeting.attendees })
  @Distinct()
  attendees?: string[] | null;
}

@InputType('RecordAttendanceInput', {
  description:
    'Who came to a meeting that is recorded, and who did not: 1 to 50 members. Others stay as they are; before anybody is recorded they count as absent.',
})
export class RecordAttendanceInput {
  @Field(() => ID, { description: 'Id of the group: `nbnp:…`.' })
  group: string;

  @Field(() => MeetingKind, { description: words.GroupMeeting.kind })
  kind: MeetingKind;

  @Field(() => [ID], { nullable: true, description: 'Ids of members who came.' })
  @Distinct()
  present?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of members who did not come. Nobody is present and absent.',
  })
  @Distinct()
  absent?: string[] | null;

  @Field(() => Int, {
    description:
      'The `GroupMeeting.version` that the caller has last read. `CONFLICT` with `currentVersion` when it has changed since.',
  })
  meetingVersion: number;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

/** What a meeting may have beside its day. */
export const meetingDetails = ['place', 'agenda', 'outcome', 'attendees'] as const;
