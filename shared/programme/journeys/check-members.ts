import { violateRule } from '../../errors/rules.js';
import type { GroupMeetingInput } from '../vocabulary/group-meeting.input.js';

/**
 * Refuses attendees who are not members of the group.
 * @throws HubError `RULE_VIOLATED` NOT_MEMBER
 */
export function checkMembers(
  { attendees }: Pick<GroupMeetingInput, 'attendees'>,
  members: readonly string[],
): void {
  const place = (attendees ?? []).findIndex((attendee) => !members.includes(attendee));
  if (place >= 0) violateRule('NOT_MEMBER', `input.attendees.${place}`);
}
