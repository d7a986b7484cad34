import { Field, ID, InputType } from 'type-graphql';
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

/** What a meeting may have beside its day. */
export const meetingDetails = ['place', 'agenda', 'outcome', 'attendees'] as const;
