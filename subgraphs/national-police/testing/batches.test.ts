import { statementsOf, testDatabases } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { openTestPolice } from './test-partner.js';
import { insertHundredOfEach, numbers } from './test-rows.js';

/** Each relation: the type, a hundred ids, the selection, the first result, and its statements. */
const relations: [
  type: string,
  id: string,
  selection: string,
  first: Readonly<Record<string, unknown>>,
  statements: number,
][] = [
  ['PoliceUnit', 'no:unit-', 'name', { name: 'no:unit-001' }, 1],
  ['PoliceUnit', 'no:unit-', 'parent { id }', { parent: { id: 'no:root' } }, 2],
  ['PoliceUnit', 'no:unit-', 'successor { id }', { successor: { id: 'no:root' } }, 2],
  [
    'PoliceUnit',
    'no:unit-',
    'units { id }',
    { units: [{ id: 'no:unit-001-1' }, { id: 'no:unit-001-2' }] },
    2,
  ],
  [
    'PoliceUnit',
    'no:unit-',
    'officers { nodes { id } }',
    { officers: { nodes: [{ id: 'no:officer-001' }, { id: 'no:officer-001-2' }] } },
    2,
  ],
  [
    'PoliceUnit',
    'no:unit-',
    'officers(first: 1) { totalCount countAtLeast pageInfo { hasNextPage } }',
    { officers: { totalCount: 2, countAtLeast: 2, pageInfo: { hasNextPage: true } } },
    2,
  ],
  [
    'PoliceUnit',
    'no:unit-',
    'officers { nodes { country languages unit { id } } }',
    {
      officers: {
        nodes: [
          { country: 'NO', languages: ['nb'], unit: { id: 'no:unit-001' } },
          { country: 'NO', languages: [], unit: { id: 'no:unit-001' } },
        ],
      },
    },
    3,
  ],
  ['PoliceUnit', 'no:unit-', 'experts { id }', { experts: [{ id: 'no:expert-001' }] }, 2],
  [
    'PoliceUnit',
    'no:unit-',
    'sites { id }',
    { sites: [{ id: 'no:site-001-1' }, { id: 'no:site-001-2' }] },
    2,
  ],
  [
    'PoliceUnit',
    'no:unit-',
    'hostings { id }',
    { hostings: [{ id: 'no:hosting-001-1' }, { id: 'no:hosting-001-2' }] },
    2,
  ],
  [
    'PoliceUnit',
    'no:unit-',
    'claims { value }',
    { claims: [{ value: 'NCI' }, { value: 'NCI' }] },
    2,
  ],
  ['Officer', 'no:officer-', 'unit { id }', { unit: { id: 'no:unit-001' } }, 2],
  ['Officer', 'no:officer-', 'languages country', { languages: ['nb'], country: 'NO' }, 2],
  [
    'Officer',
    'no:officer-',
    'nominations { id }',
    { nominations: [{ id: 'no:nomination-001-1' }, { id: 'no:nomination-001-2' }] },
    2,
  ],
  [
    'Officer',
    'no:officer-',
    'report { id visit }',
    { report: { id: 'no:report-001-2', visit: 'nbnp:visit-2' } },
    2,
  ],
  ['Expert', 'no:expert-', 'unit { id }', { unit: { id: 'no:unit-001' } }, 2],
  ['Expert', 'no:expert-', 'roles', { roles: ['EXPERT'] }, 2],
  ['Expert', 'no:expert-', 'languages', { languages: ['nb'] }, 2],
  ['Expert', 'no:expert-', 'fields', { fields: ['NGO'] }, 2],
  [
    'OfficerNomination',
    'no:nomination-',
    'officer { id }',
    { officer: { id: 'no:officer-001' } },
    2,
  ],
  ['NationalSite', 'no:site-', 'unit { id }', { unit: { id: 'no:unit-001' } }, 2],
  [
    'NationalSite',
    'no:site-',
    'organisation { id } event { id }',
    { organisation: { id: 'nbnp:somebody' }, event: { id: 'nbnp:something' } },
    1,
  ],
  ['Hosting', 'no:hosting-', 'unit { id }', { unit: { id: 'no:unit-001' } }, 2],
  [
    'Group',
    'nbnp:group-',
    'officerNominations { id }',
    { officerNominations: [{ id: 'no:nomination-001-1' }, { id: 'no:nomination-001-2' }] },
    1,
  ],
  ['Group', 'nbnp:group-', 'officerReportsReceived', { officerReportsReceived: 1 }, 1],
  ['Group', 'nbnp:group-', 'officerNominationCount', { officerNominationCount: 2 }, 1],
  [
    'Visit',
    'nbnp:visit-',
    'hostings { id }',
    { hostings: [{ id: 'no:hosting-001-1' }, { id: 'no:hosting-001-2' }] },
    1,
  ],
  [
    'ItineraryStop',
    'nbnp:stop-',
    'hostConfirmedOn hostConfirmedVersion',
    { hostConfirmedOn: '2026-10-20', hostConfirmedVersion: 3 },
    1,
  ],
];
const twofold = ['OfficerNomination', 'NationalSite', 'Hosting'];

describe.each(testDatabases)('totalCount on $name', (kind) => {
  it('is read in the same statement as the rows', async () => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    await insertHundredOfEach(police.source);
    for (const [list, type] of [
      ['officers', 'OfficerConnection'],
      ['experts', 'ExpertConnection'],
    ]) {
      const query = `{ ${list} { nodes { id } ...counts } }
        fragment counts on ${type} { all: totalCount countAtLeast }`;
      expect(await statementsOf(police.source, () => police.read(query)), list).toBe(1);
    }
  });
});

describe.each(testDatabases)('_entities on $name', (kind) => {
  it('takes as many statements for a hundred entities as for one, in every relation', async () => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    await insertHundredOfEach(police.source);
    for (const [type, prefix, selection, first, statements] of relations) {
      const all = numbers(100).map((number) => ({
        __typename: type,
        id: `${prefix}${number}${twofold.includes(type) ? '-1' : ''}`,
        ...(type === 'ItineraryStop' ? { hostCountry: 'NO' } : {}),
      }));
      const costOf = (entities: typeof all) =>
        statementsOf(police.source, async () => {
          const answer = await police.entities(entities, `... on ${type} { ${selection} }`);
          expect(answer).toHaveLength(entities.length);
          expect(answer[0], `${type} ${selection}`).toEqual(first);
          expect(answer.every((entity) => entity !== null)).toBe(true);
        });
      expect([await costOf(all.slice(0, 1)), await costOf(all)], `${type} ${selection}`).toEqual([
        statements,
        statements,
      ]);
    }
  });

  it('resolves mixed and repeated types, and those of another police force, each in its place', async () => {
    await using police = await openTestPolice(kind, 'no', 'nothing');
    await insertHundredOfEach(police.source);
    const representations = [
      { __typename: 'Officer', id: 'no:officer-002' },
      { __typename: 'Group', id: 'nbnp:nowhere' },
      { __typename: 'PoliceUnit', id: 'no:unit-003' },
      { __typename: 'Officer', id: 'dk:officer-002' },
      { __typename: 'Officer', id: 'no:nobody' },
      { __typename: 'Visit', id: 'nbnp:nowhere' },
      { __typename: 'ItineraryStop', id: 'nbnp:nowhere', hostCountry: 'NO' },
      { __typename: 'ItineraryStop', id: 'nbnp:stop-001', hostCountry: 'SE' },
      { __typename: 'Officer', id: 'no:officer-002' },
    ];
    const cost = statementsOf(police.source, async () => {
      const answer = await police.entities(
        representations,
        `__typename ... on Officer { id } ... on PoliceUnit { id }
         ... on Group { id officerNominations { id } officerReportsReceived officerNominationCount }
         ... on Visit { id hostings { id } }
         ... on ItineraryStop { id hostConfirmedOn hostConfirmedVersion }`,
      );
      expect(answer).toEqual([
        { __typename: 'Officer', id: 'no:officer-002' },
        {
          __typename: 'Group',
          id: 'nbnp:nowhere',
          officerNominations: [],
          officerReportsReceived: 0,
          officerNominationCount: 0,
        },
        { __typename: 'PoliceUnit', id: 'no:unit-003' },
        null,
        null,
        { __typename: 'Visit', id: 'nbnp:nowhere', hostings: [] },
        {
          __typename: 'ItineraryStop',
          id: 'nbnp:nowhere',
          hostConfirmedOn: null,
          hostConfirmedVersion: 0,
        },
        {
          __typename: 'ItineraryStop',
          id: 'nbnp:stop-001',
          hostConfirmedOn: null,
          hostConfirmedVersion: null,
        },
        { __typename: 'Officer', id: 'no:officer-002' },
      ]);
    });
    expect(await cost).toBe(6);
  });

  it('does not count a withdrawn nomination, but still lists it', async () => {
    await using police = await openTestPolice(kind, 'is');
    const [group] = await police.entities(
      [{ __typename: 'Group', id: 'nbnp:demo-group-2' }],
      '... on Group { officerNominationCount officerNominations { id withdrawnOn } }',
    );
    expect(group).toEqual({
      officerNominationCount: 1,
      officerNominations: [
        { id: 'is:demo-nomination-2-3', withdrawnOn: null },
        { id: 'is:demo-nomination-2-4', withdrawnOn: '2026-09-15' },
      ],
    });
  });
});
