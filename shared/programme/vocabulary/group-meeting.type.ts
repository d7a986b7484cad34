import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, PrimaryColumn } from 'typeorm';
import { DateScalar } from '../../graphql/scalars/scalars.js';
import { Access, Self } from '../../identity/access.js';
import { ItemRefusal } from '../../partner/mutations/item-refusal.type.js';
import { words } from '../../partner/words.js';
import { MeetingKind } from './enums.js';

/**
 * The contract’s `GroupMeeting`. A partner’s class extends it with its table, resolves `missed`,
 * and has the policy that says who may read it.
 */
@ObjectType('GroupMeetingFields')
@Access('visit')
export abstract class GroupMeetingFields {
  /** A group of the network’s. */
  @PrimaryColumn({ name: 'group_id', type: 'varchar', collation: 'C' })
  groupId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => MeetingKind, { description: words.GroupMeeting.kind })
  @Self()
  kind: MeetingKind;

  @Column({ name: 'held_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: words.GroupMeeting.on })
  @Self()
  on: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true, description: words.GroupMeeting.place })
  @Self()
  place: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.GroupMeeting.agenda })
  @Access('itinerary')
  @Self()
  agenda: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.GroupMeeting.outcome })
  @Access('itinerary')
  @Self()
  outcome: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: words.GroupMeeting.version })
  version: number;

  /** Ids of the members who came. Only their number is public. */
  @Column({ type: 'simple-json', nullable: true })
  attendees: string[] | null;

  @Field(() => Int, { nullable: true, description: words.GroupMeeting.attended })
  @Access('itinerary')
  get attended(): number | null {
    return this.attendees?.length ?? null;
  }

  /** How many of these members were not there; null if nobody recorded who came. */
  countMissed(members: readonly string[]): number | null {
    const { attendees } = this;
    return attendees && members.filter((member) => !attendees.includes(member)).length;
  }
}

@ObjectType('AttendanceResult', { description: 'What became of who came, or did not come.' })
@Directive('@shareable')
@Access('coordinator')
export class AttendanceResult {
  @Field(() => ID, { description: 'Id of the officer or delegate, as in the input.' })
  participant: string;

  @Field(() => ItemRefusal, {
    nullable: true,
    description: 'Why it was not recorded; null if it was.',
  })
  refusal: ItemRefusal | null;
}

@ObjectType('AttendanceResults', {
  description: 'What became of all who came to a meeting, or did not.',
})
@Directive('@shareable')
@Access('coordinator')
export class AttendanceResults {
  @Field(() => [AttendanceResult], { description: 'Those of `present`, then those of `absent`.' })
  results: AttendanceResult[];
}

/** The day of the meeting of a kind; null if it is not recorded. */
export const dayOfMeeting = (
  meetings: readonly Pick<GroupMeetingFields, 'kind' | 'on'>[],
  kind: MeetingKind,
): string | null => meetings.find((meeting) => meeting.kind === kind)?.on ?? null;
