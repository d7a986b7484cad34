import { testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Membership } from '../entities/network.entity.js';
import { partiesHub as hub } from '../testing/test-parties.js';
import { away, openTestVisits, type TestVisits } from '../testing/test-visits.js';

const page = { source: 'https://example.org/board', on: '2026-03-01' };
const list = 'https://example.org/members';
const fields = `country since contact { id } source checkedOn version
  claims { property value source preferred }`;

const insertMember = (network: TestVisits): Promise<void> =>
  network.insert(Membership, { country: 'FI', since: '2001', contactId: null, source: list });

describe.each(testDatabases)('Mutation.changeMembership on $name', (kind) => {
  it('changes whom to contact and since when, and keeps what another page stated', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertMember(network);
    const country = 'FI';
    const first = { country, contact: 'fi:unit', since: '2001-04', ...page, version: 1 };
    const { source, on: checkedOn } = page;
    const stated = { property: 'since', value: '2001', source: list, preferred: false };
    const shown = { country, since: '2001-04', contact: { id: 'fi:unit' }, source, checkedOn };
    expect(await network.done('changeMembership', first, fields)).toEqual({
      ...shown,
      version: 2,
      claims: [stated],
    });
    const next = { country, contact: null, ...page, version: 2 };
    expect(await network.done('changeMembership', next, fields)).toMatchObject({
      ...shown,
      contact: null,
      version: 3,
    });
    expect(
      await network.read('{ networkChanges(first: 1) { nodes { mutation fields } } }'),
    ).toEqual({
      networkChanges: { nodes: [{ mutation: 'changeMembership', fields: ['contact', 'version'] }] },
    });
  });

  it('refuses a country that is no member, and a contact that is no unit of its police', async () => {
    await using network = await openTestVisits(kind, hub);
    await insertMember(network);
    const change = (given: object) =>
      network.refusal('changeMembership', { country: 'FI', ...page, version: 1, ...given });
    expect(await change({ country: 'RU' })).toEqual({
      code: 'NOT_FOUND',
      argument: 'input.country',
    });
    for (const contact of ['fi:none', 'ee:unit', 'ncm:led', 'nbnp:nbnp', 'fi'])
      expect(await change({ contact })).toEqual({ code: 'NOT_FOUND', argument: 'input.contact' });
    expect(await change({ version: 2 })).toMatchObject({ code: 'CONFLICT', currentVersion: 1 });
    await using alone = await openTestVisits(kind, { ...hub, KnownParties: away('fi') });
    await insertMember(alone);
    const input = { country: 'FI', contact: 'fi:unit', ...page, version: 1 };
    expect(await alone.refusal('changeMembership', input)).toMatchObject({
      code: 'PARTNER_UNAVAILABLE',
      partner: 'fi',
    });
  });
});
