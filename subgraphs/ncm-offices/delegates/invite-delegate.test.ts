import { createFactsHub, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestOffices } from '../testing/test-partner.js';

const delegate = 'ncm:demo-delegate-1';
const invite =
  'mutation ($input: InviteDelegateInput!) { inviteDelegate(input: $input) { person link } }';

describe.each(testDatabases)('Mutation.inviteDelegate on $name', (kind) => {
  it.each([
    ['SELECTED', true],
    ['PENDING', false],
    ['DECLINED', false],
    ['WITHDRAWN', false],
  ])('invites a delegate whose nomination is %s: %s', async (status, isInvited) => {
    const nominations = [{ status, group: { cancelledOn: null, visits: [] } }];
    const { askHub } = createFactsHub(() => ({ nominations }));
    const options = { askHub, pagesUrl: 'https://hub.example.org' };
    await using offices = await openTestOffices(kind, 'demonstration', options);
    const { data, errors } = await offices.ask(invite, { input: { delegate } });
    if (isInvited) expect(errors).toBeUndefined();
    else expect(errors?.[0]?.extensions).toMatchObject({ rule: 'NO_JOURNEY' });
    expect(data?.['inviteDelegate'] ?? null).toEqual(
      isInvited
        ? {
            person: delegate,
            link: expect.stringMatching(/^https:\/\/hub\.example\.org\/join#ncm\./) as unknown,
          }
        : null,
    );
    const ended = await offices.read(
      'mutation ($input: EndDelegateAccessInput!) { endDelegateAccess(input: $input) { id access { endsOn } } }',
      { input: { delegate } },
    );
    const access = isInvited ? { endsOn: null } : null;
    expect(ended).toEqual({ endDelegateAccess: { id: delegate, access } });
  });
});
