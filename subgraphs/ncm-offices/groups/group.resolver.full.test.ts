import { testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestOffices } from '../testing/test-partner.js';

async function askEntities(
  partner: TestPartner,
  typename: string,
  ids: readonly string[],
  selection: string,
): Promise<unknown> {
  const query = `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on ${typename} { ${selection} } } }`;
  const { data, errors } = await partner.ask(query, {
    keys: ids.map((id) => ({ __typename: typename, id })),
  });
  expect(errors).toBeUndefined();
  return data?.['_entities'];
}

const known = `id delegateCount delegateNominationCount delegatesSelectedOn delegatesBriefedOn
  delegatesDebriefedOn delegateReportsReceived`;

describe.each(testDatabases)('Group on $name', (database) => {
  it('counts the offices’ selections, and has the dates of their steps', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    expect(await askEntities(partner, 'Group', ['nbnp:demo-group-1'], known)).toEqual([
      {
        id: 'nbnp:demo-group-1',
        delegateCount: 12,
        delegateNominationCount: 12,
        delegatesSelectedOn: '2026-09-14',
        delegatesBriefedOn: '2026-11-09',
        delegatesDebriefedOn: null,
        delegateReportsReceived: 0,
      },
    ]);
  });

  it('keeps its values beside a group whose id is a number', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const { data, errors } = await partner.ask(
      `query ($keys: [_Any!]!) { _entities(representations: $keys) { ... on Group { ${known} } } }`,
      {
        keys: ['nbnp:demo-group-1', 7, -1, 1e300].map((id) => ({ __typename: 'Group', id })),
      },
    );
    expect(errors).toBeUndefined();
    expect(data?.['_entities']).toMatchObject([
      { id: 'nbnp:demo-group-1', delegateCount: 12 },
      { id: '7', delegateCount: 0 },
      { id: '-1', delegateCount: 0 },
      { id: '1e+300', delegateCount: 0 },
    ]);
  });

  it('lists the selected delegates by id, and the nominations by status', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const [group] = (await askEntities(
      partner,
      'Group',
      ['nbnp:demo-group-1'],
      'delegates { id } all: delegateNominations { id } withdrawn: delegateNominations(status: WITHDRAWN) { id decidedOn }',
    )) as { delegates: { id: string }[]; all: unknown[]; withdrawn: unknown[] }[];
    expect(group?.delegates.map(({ id }) => id)).toEqual(
      [1, 10, 11, 12, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `ncm:demo-delegate-${number}`),
    );
    expect(group?.all).toHaveLength(14);
    expect(group?.withdrawn).toEqual([{ id: 'ncm:demo-nomination-1-14', decidedOn: '2026-09-14' }]);
  });

  it('returns the key of a group that the offices do not know, with zero counts', async () => {
    await using partner = await openTestOffices(database, 'facts');
    expect(
      await askEntities(
        partner,
        'Group',
        ['nbnp:unknown'],
        `${known} delegates { id } delegateNominations { id }`,
      ),
    ).toEqual([
      {
        id: 'nbnp:unknown',
        delegateCount: 0,
        delegateNominationCount: 0,
        delegatesSelectedOn: null,
        delegatesBriefedOn: null,
        delegatesDebriefedOn: null,
        delegateReportsReceived: 0,
        delegates: [],
        delegateNominations: [],
      },
    ]);
  });
});

describe.each(testDatabases)('ItineraryStop on $name', (database) => {
  it('has the version that the office confirmed, or 0', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const ids = ['nbnp:demo-stop-4-6', 'nbnp:demo-stop-2-2', 'nbnp:demo-stop-2-3'];
    expect(
      await askEntities(
        partner,
        'ItineraryStop',
        ids,
        'id officeConfirmedOn officeConfirmedVersion',
      ),
    ).toEqual([
      { id: 'nbnp:demo-stop-4-6', officeConfirmedOn: '2025-02-10', officeConfirmedVersion: 1 },
      { id: 'nbnp:demo-stop-2-2', officeConfirmedOn: '2026-11-16', officeConfirmedVersion: 1 },
      { id: 'nbnp:demo-stop-2-3', officeConfirmedOn: null, officeConfirmedVersion: 0 },
    ]);
  });
});

describe.each(testDatabases)('Programme on $name', (database) => {
  it('says whether the offices have signed the evaluation', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const ids = ['nbnp:demo-programme-past', 'nbnp:mobility-programme-2009-2010'];
    expect(
      await askEntities(partner, 'Programme', ids, 'id officeSignedOn officeSignatureCount'),
    ).toEqual([
      { id: 'nbnp:demo-programme-past', officeSignedOn: '2025-11-27', officeSignatureCount: 1 },
      { id: 'nbnp:mobility-programme-2009-2010', officeSignedOn: null, officeSignatureCount: 0 },
    ]);
  });
});

describe.each(testDatabases)('Query._entities on $name', (database) => {
  it('finds the offices’ own entities by their keys, and null for unknown keys', async () => {
    await using partner = await openTestOffices(database, 'demonstration');
    const { data, errors } = await partner.ask(
      `query ($keys: [_Any!]!) {
        _entities(representations: $keys) {
          __typename
          ... on Office { city }
          ... on Region { name }
          ... on RegionalSite { kind }
          ... on Delegate { targetGroup country region { code } languages }
          ... on DelegateNomination { status version delegate { id } group { id } }
        }
      }`,
      {
        keys: [
          { __typename: 'Office', id: 'ncm:rix' },
          { __typename: 'Office', id: 'dk:rix' },
          { __typename: 'Region', code: 'RU-MUR' },
          { __typename: 'RegionalSite', id: 'ncm:site-ru-shelter' },
          { __typename: 'Delegate', id: 'ncm:demo-delegate-3' },
          { __typename: 'DelegateNomination', id: 'ncm:demo-nomination-1-3' },
        ],
      },
    );
    expect(errors).toBeUndefined();
    expect(data?.['_entities']).toEqual([
      { __typename: 'Office', city: 'Riga' },
      null,
      { __typename: 'Region', name: 'Murmansk' },
      { __typename: 'RegionalSite', kind: 'shelter' },
      {
        __typename: 'Delegate',
        targetGroup: 'PROSECUTION',
        country: 'RU',
        region: { code: 'RU-LEN' },
        languages: ['ru', 'en', 'fi'],
      },
      {
        __typename: 'DelegateNomination',
        status: 'SELECTED',
        version: 2,
        delegate: { id: 'ncm:demo-delegate-3' },
        group: { id: 'nbnp:demo-group-1' },
      },
    ]);
  });
});

describe.each(testDatabases)('Query.officeDisclosures on $name', (database) => {
  it('is null and FORBIDDEN, and all other fields resolve', async () => {
    await using partner = await openTestOffices(database, 'facts');
    const { data, errors } = await partner.ask(
      '{ officeDisclosures { nodes { id } } office(id: "ncm:led") { city } }',
    );
    expect(data).toEqual({ officeDisclosures: null, office: { city: 'St Petersburg' } });
    expect(errors).toEqual([
      expect.objectContaining({
        path: ['officeDisclosures'],
        extensions: expect.objectContaining({ code: 'FORBIDDEN' }),
      }),
    ]);
  });
});
