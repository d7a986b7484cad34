import { HubError } from '@hub/shared/errors';
import { anonymous } from '@hub/shared/identity';
import { createFactsHub, readerOf, testDatabases, type TestFact } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { openTestPolice } from '../testing/test-partner.js';

const query = `query ($groups: [_Any!]!) {
  _entities(representations: $groups) { ... on Group { officerNominationCount } }
}`;
const groupsOf = (...names: string[]) => ({
  groups: names.map((name) => ({ __typename: 'Group', id: `nbnp:${name}` })),
});

const coordinator = readerOf('no', 'coordinator');

/**
 * Four officers nominated for one group, one of them withdrawn, and one for another group,
 * withdrawn.
 */
async function openNominating(kind: (typeof testDatabases)[number], answer: () => TestFact) {
  const { askHub, asked } = createFactsHub(answer);
  const police = await openTestPolice(kind, 'no', 'facts', { askHub });
  const { manager } = police.source;
  for (const number of [1, 2, 3, 4]) {
    const id = `no:o${number}`;
    await manager.insert(Officer, { id, name: id, unitId: 'no:police', targetGroup: 'POLICE' });
    await manager.insert(OfficerNomination, {
      id: `no:n${number}`,
      groupId: number === 4 ? 'nbnp:other' : 'nbnp:g',
      officerId: id,
      nominatedOn: '2030-01-01',
      withdrawnOn: number >= 3 ? '2030-01-02' : null,
    });
  }
  return { police, asked, [Symbol.asyncDispose]: () => police[Symbol.asyncDispose]() };
}

describe.each(testDatabases)('Group.officerNominationCount on $name', (kind) => {
  it('leaves out withdrawn nominations and those that the network has declined', async () => {
    const declined = { declinedNominations: [{ id: 'no:n2' }, { id: 'no:n3' }, { id: 'dk:n1' }] };
    await using opened = await openNominating(kind, () => declined);
    const { police, asked } = opened;
    expect(await police.read(query, groupsOf('g', 'other', 'none'), coordinator)).toEqual({
      _entities: [1, 0, 0].map((officerNominationCount) => ({ officerNominationCount })),
    });
    // Only for the group with a nomination that is not withdrawn.
    expect(asked).toEqual([['group nbnp:g']]);
  });

  it('needs one request for this and for the open formalities of members', async () => {
    const decisions = { acceptedOfficers: [], declinedNominations: [{ id: 'no:n2' }] };
    await using opened = await openNominating(kind, () => decisions);
    const { police, asked } = opened;
    const both = query.replace('{ officerN', '{ officerFormalitiesOpen officerN');
    const [group] = (await police.read<{ _entities: object[] }>(both, groupsOf('g'), coordinator))
      ._entities;
    expect(group).toEqual({ officerFormalitiesOpen: 0, officerNominationCount: 1 });
    expect(asked).toEqual([['group nbnp:g']]);
  });

  it('follows the network at once for co-ordinators, and within a second for all others', async () => {
    let declined: { id: string }[] = [];
    await using opened = await openNominating(kind, () => ({ declinedNominations: declined }));
    const { police, asked } = opened;
    const countFor = async (reader: typeof anonymous) => {
      const { _entities } = await police.read<{ _entities: object[] }>(
        query,
        groupsOf('g'),
        reader,
      );
      return _entities[0];
    };
    for (let time = 0; time < 3; time += 1) await countFor(anonymous);
    expect(asked).toHaveLength(1);
    declined = [{ id: 'no:n1' }];
    expect(await countFor(coordinator)).toEqual({ officerNominationCount: 1 });
  });

  it('is null while the network is unavailable, with an error that names it', async () => {
    await using opened = await openNominating(kind, () => {
      throw new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    });
    const { data, errors } = await opened.police.ask(query, groupsOf('g', 'other'), coordinator);
    expect(data).toEqual({
      _entities: [{ officerNominationCount: null }, { officerNominationCount: 0 }],
    });
    expect(errors).toMatchObject([
      { extensions: { code: 'PARTNER_UNAVAILABLE', partner: 'nbnp' } },
    ]);
  });
});
