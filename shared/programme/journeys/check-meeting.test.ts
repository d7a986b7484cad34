import { describe, expect, it } from 'vitest';
import { checkMeeting, checkMembers } from './check-meeting.js';

const refused = (check: () => void, refusal: object) =>
  expect(check).toThrow(expect.objectContaining({ extensions: refusal }));

describe('checkMeeting', () => {
  it('accepts texts, different attendees, and fields that are left out or null', () => {
    const texts = { place: 'Oslo', agenda: 'Safety.', outcome: 'Questions.' };
    for (const meeting of [
      {},
      { place: null, agenda: null, outcome: null, attendees: null },
      { ...texts, attendees: [] },
      { ...texts, attendees: ['dk:a', 'dk:b'] },
    ])
      checkMeeting(meeting);
  });

  it.each([
    ['place', 'x'.repeat(301)],
    ['agenda', ' '],
    ['outcome', 'x'.repeat(20_001)],
    ['attendees', ['dk:a', 'dk:a']],
  ])('refuses %s with a wrong value', (field, value) => {
    refused(() => checkMeeting({ [field]: value }), {
      code: 'BAD_USER_INPUT',
      argument: `input.${field}`,
    });
  });
});

describe('NOT_MEMBER', () => {
  it('refuses an attendee who is not a member of the group', () => {
    const members = ['dk:a', 'dk:b'];
    for (const attendees of [undefined, null, [], ['dk:b']]) checkMembers({ attendees }, members);
    refused(() => checkMembers({ attendees: ['dk:a', 'dk:c'] }, members), {
      code: 'RULE_VIOLATED',
      rule: 'NOT_MEMBER',
      argument: 'input.attendees.1',
    });
  });
});
