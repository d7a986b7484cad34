import { describe, expect, it } from 'vitest';
import { checkMembers } from './check-members.js';

const refused = (check: () => void, refusal: object) =>
  expect(check).toThrow(expect.objectContaining({ extensions: refusal }));

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
