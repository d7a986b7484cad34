import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { coordinatorOf, partiesHub } from '../testing/test-parties.js';
import { openTestVisits } from '../testing/test-visits.js';

const meeting = {
  title: 'A meeting',
  kind: 'MEETING',
  organisers: ['ee:unit'],
  roles: [{ role: 'HOST', party: 'fi:unit' }],
};
const fields = 'version roles { role party { id } }';

describe.each(testDatabases)('Mutation.removeEventRole on $name', (kind) => {
  it('removes one role, and keeps it in the changes', async () => {
    await using network = await openTestVisits(kind, partiesHub);
    const { id: event } = await network.done('recordEvent', meeting);
    const input = { event, party: 'fi:unit', role: 'HOST', version: 1 };
    expect(await network.done('removeEventRole', input, fields)).toEqual({
      version: 2,
      roles: [{ role: 'ORGANISER', party: { id: 'ee:unit' } }],
    });
    const { networkChanges } = await network.read(
      '{ networkChanges { nodes { mutation subject } } }',
    );
    expect(networkChanges).toMatchObject({
      nodes: expect.arrayContaining([{ mutation: 'removeEventRole', subject: event }]) as unknown,
    });
    expect(await network.refusal('removeEventRole', { ...input, version: 2 })).toMatchObject({
      code: 'NOT_FOUND',
      argument: 'input.party',
    });
  });

  it('refuses to leave an event without organisers, and whoever may not correct it', async () => {
    await using network = await openTestVisits(kind, partiesHub);
    const { id: event } = await network.done('recordEvent', meeting);
    const last = { event, party: 'ee:unit', role: 'ORGANISER', version: 1 };
    expect(await network.refusal('removeEventRole', last)).toMatchObject({
      code: 'BAD_USER_INPUT',
      argument: 'input.party',
    });
    const host = { event, party: 'fi:unit', role: 'HOST', version: 1 };
    expect(await network.refusal('removeEventRole', host, coordinatorOf('fi'))).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await network.refusal('removeEventRole', { ...host, version: 2 })).toMatchObject({
      code: 'CONFLICT',
      currentVersion: 1,
    });
    const { data } = await network.change('removeEventRole', host, 'version', coordinatorOf('ee'));
    expect(data).toEqual({ result: { version: 2 } });
  });
});
