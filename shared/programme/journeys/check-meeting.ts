import { violateRule } from '../../errors/rules.js';
import { checkDistinct, checkName, checkText } from '../../partner/mutations/check-input.js';
import type { GroupMeetingInput } from '../vocabulary/group-meeting.input.js';

/** The fields of a meeting besides its kind and its day. */
type Details = Pick<GroupMeetingInput, 'place' | 'agenda' | 'outcome' | 'attendees'>;

/**
 * Refuses empty or too long texts, and an attendee who is named twice.
 * @throws HubError `BAD_USER_INPUT`
 */
export function checkMeeting({ place, agenda, outcome, attendees }: Details): void {
  checkName(place, 'input.place');
  checkText(agenda, 'input.agenda');
  checkText(outcome, 'input.outcome');
  checkDistinct(attendees ?? [], 'input.attendees');
}

/**
 * Refuses attendees who are not members of the group.
 * @throws HubError `RULE_VIOLATED` NOT_MEMBER
 */
export function checkMembers({ attendees }: Details, members: readonly string[]): void {
  const place = (attendees ?? []).findIndex((attendee) => !members.includes(attendee));
  if (place >= 0) violateRule('NOT_MEMBER', `input.attendees.${place}`);
}
