import { readerOf, statementsOf, testDatabases, type TestPartner } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { Organisation } from '../entities/organisation.entity.js';
import { openTestNetwork } from './test-partner.js';
import { insertHundredOfEach, numbers } from './test-rows.js';

type Values = Readonly<Record<string, unknown>>;

const askHub = () => Promise.resolve({});

/**
 * Each relation: the type, its ids with # for a number, the selection, the first result, and its
 * statements.
 */
const relations: readonly (readonly [
  type: string,
  id: string,
  selection: string,
  first: Values,
  statements: number,
])[] = [
  ['Organisation', 'nbnp:organisation-#', 'name', { name: '001' }, 1],
  [
    'Organisation',
    'nbnp:organisation-#',
    'parent { id }',
    { parent: { id: 'nbnp:organisation-001' } },
    1,
  ],
  [
    'Organisation',
    'nbnp:organisation-#',
    'chairs { country unit { id } }',
    {
      chairs: [
        { country: 'DK', unit: { id: 'dk:unit-001' } },
        { country: 'SE', unit: { id: 'dk:unit-001' } },
      ],
    },
    2,
  ],
  ['Organisation', 'nbnp:organisation-#', 'claims { value }', { claims: [{ value: '001' }] }, 2],
  [
    'Organisation',
    'nbnp:organisation-#',
    'events { id }',
    { events: [{ id: 'nbnp:event-001' }, { id: 'nbnp:part-001-1' }] },
    4,
  ],
  [
    'Organisation',
    'nbnp:organisation-#',
    'events(role: HOST) { id }',
    { events: [{ id: 'nbnp:part-001-1' }] },
    3,
  ],
  [
    'PoliceUnit',
    'dk:unit-#',
    'superior { id } events(role: ORGANISER) { id }',
    { superior: { id: 'nbnp:organisation-001' }, events: [{ id: 'nbnp:event-001' }] },
    5,
  ],
  [
    'Office',
    'ncm:office-#',
    'coordinatedGroups { id } events { id }',
    { coordinatedGroups: [{ id: 'nbnp:group-001' }], events: [] },
    2,
  ],
  ['Event', 'nbnp:event-#', 'country countries', { country: null, countries: ['NO', 'FI'] }, 2],
  [
    'Event',
    'nbnp:event-#',
    'roles { role party { id } }',
    {
      roles: [
        { role: 'ORGANISER', party: { id: 'nbnp:organisation-001' } },
        { role: 'ORGANISER', party: { id: 'dk:unit-001' } },
      ],
    },
    3,
  ],
  [
    'Event',
    'nbnp:event-#',
    'parts { id }',
    { parts: [{ id: 'nbnp:part-001-1' }, { id: 'nbnp:part-001-2' }] },
    2,
  ],
  ['Event', 'nbnp:part-#-1', 'partOf { id }', { partOf: { id: 'nbnp:event-001' } }, 2],
  ['Event', 'nbnp:event-#', 'programme { id }', { programme: { id: 'nbnp:programme-001' } }, 2],
  ['Event', 'nbnp:event-#', 'claims { value }', { claims: [{ value: '001' }] }, 2],
  [
    'Programme',
    'nbnp:programme-#',
    'roles { party { id } }',
    { roles: [{ party: { id: 'nbnp:organisation-001' } }] },
    3,
  ],
  ['Programme', 'nbnp:programme-#', 'groups { id }', { groups: [{ id: 'nbnp:group-001' }] }, 2],
  [
    'Programme',
    'nbnp:programme-#',
    'events { id } areasToInvolve { code }',
    { events: [{ id: 'nbnp:event-001' }], areasToInvolve: [{ code: 'RU-MUR' }] },
    2,
  ],
  [
    'Programme',
    'nbnp:programme-#',
    'evaluation { summary }',
    { evaluation: { summary: '001' } },
    3,
  ],
  [
    'Group',
    'nbnp:group-#',
    'programme { id } coordinatingOffice { id }',
    { programme: { id: 'nbnp:programme-001' }, coordinatingOffice: { id: 'ncm:office-001' } },
    2,
  ],
  [
    'Group',
    'nbnp:group-#',
    'visits { id }',
    { visits: [{ id: 'nbnp:visit-001-1' }, { id: 'nbnp:visit-001-2' }] },
    2,
  ],
  [
    'Group',
    'nbnp:group-#',
    'members { id }',
    { members: [{ id: 'dk:officer-001-1' }, { id: 'dk:officer-001-2' }] },
    2,
  ],
  ['Group', 'nbnp:group-#', 'officersAcceptedOn', { officersAcceptedOn: '2026-10-02' }, 2],
  ['Group', 'nbnp:group-#', 'absences { from }', { absences: [] }, 2],
  ['Group', 'nbnp:group-#', 'meetings { missed }', { meetings: [{ missed: 1 }] }, 3],
  [
    'Group',
    'nbnp:group-#',
    'state stateIsCertain memberCount reportsExpected reportsReceived',
    {
      state: 'TRAVELLING',
      stateIsCertain: false,
      memberCount: 2,
      reportsExpected: 2,
      reportsReceived: null,
    },
    7,
  ],
  ['Group', 'nbnp:group-#', 'warnings { code }', { warnings: [{ code: 'DEPARTED_TOO_FEW' }] }, 12],
  ['Visit', 'nbnp:visit-#-1', 'group { id }', { group: { id: 'nbnp:group-001' } }, 2],
  ['Visit', 'nbnp:visit-#-1', 'hostCountries', { hostCountries: ['FI'] }, 2],
  [
    'Visit',
    'nbnp:visit-#-1',
    'hosts { country owner }',
    { hosts: [{ country: 'FI', owner: 'fi' }] },
    2,
  ],
  [
    'Visit',
    'nbnp:visit-#-1',
    'stops { id site { id } }',
    {
      stops: [
        { id: 'nbnp:stop-001-1', site: { id: 'fi:site-001' } },
        { id: 'nbnp:stop-001-2', site: { id: 'fi:site-001' } },
      ],
    },
    2,
  ],
  ['Visit', 'nbnp:visit-#-1', 'missingSectors', { missingSectors: ['NGO'] }, 4],
  [
    'Visit',
    'nbnp:visit-#-1',
    'experts { expert { id } }',
    { experts: [{ expert: { id: 'ee:expert-001' } }] },
    2,
  ],
  [
    'Expert',
    'ee:expert-#',
    'assignments { id }',
    { assignments: [{ id: 'nbnp:assignment-001' }] },
    1,
  ],
  ['ItineraryStop', 'nbnp:stop-#-1', 'visit { id }', { visit: { id: 'nbnp:visit-001-1' } }, 2],
  [
    'OfficerNomination',
    'dk:nomination-#-1',
    'acceptedOn group { id }',
    { acceptedOn: '2026-10-01', group: { id: 'nbnp:group-001' } },
    2,
  ],
  ['Hosting', 'fi:hosting-#', 'visit { id }', { visit: { id: 'nbnp:visit-001-1' } }, 1],
];

const representations = (type: string, id: string, count: number): Values[] =>
  numbers(count).map((number) => ({
    __typename: type,
    id: id.replace('#', number),
    ...(type === 'OfficerNomination' ? { groupId: `nbnp:group-${number}` } : {}),
    ...(type === 'Hosting' ? { visitId: `nbnp:visit-${number}-1` } : {}),
  }));

describe.each(testDatabases)('_entities on $name', (kind) => {
  it('takes as many statements for a hundred entities as for one, in every relation', async () => {
    await using network = await openTestNetwork(kind, 'nothing', undefined, askHub);
    await insertHundredOfEach(network.source);
    for (const [type, id, selection, first, statements] of relations) {
      const costOf = (count: number) =>
        statementsOf(network.source, async () => {
          const answer = await network.entities(
            representations(type, id, count),
            `... on ${type} { ${selection} }`,
          );
          expect(answer).toHaveLength(count);
          expect(answer[0], `${type} ${selection}`).toEqual(first);
          expect(answer.every((entity) => entity !== null)).toBe(true);
        });
      // An organisation that is its own parent is loaded already.
      expect([await costOf(1), await costOf(100)], `${type} ${selection}`).toEqual([
        statements,
        statements,
      ]);
    }
  });
});

/** Each root list, with all relations of its rows. */
const lists: readonly string[] = [
  'organisations(first: #) { nodes { parent { id } chairs { role } events { id } claims { value } } totalCount }',
  'events(first: #) { nodes { countries roles { party { id } } partOf { id } parts { id } programme { title } claims { value } } totalCount }',
  'groups(first: #) { nodes { programme { title } visits { stops { id } experts { id } missingSectors hostCountries } warnings { code } } totalCount }',
  'visits(first: #) { nodes { group { programme { title } } stops { site { id } } } totalCount }',
  'contacts(first: #) { nodes { strength parties { id } events { title } } totalCount }',
];

/** So that nothing is known from the reading before: contacts are kept until a commit. */
const changeSomething = ({ source }: TestPartner) =>
  source.manager.update(Organisation, { id: 'nbnp:organisation-001' }, { name: '001' });

describe.each(testDatabases)('totalCount on $name', (kind) => {
  it('is read in the same statement as the rows', async () => {
    await using network = await openTestNetwork(kind, 'nothing', undefined, askHub);
    await insertHundredOfEach(network.source);
    for (const list of ['organisations', 'events', 'groups', 'visits', 'contacts']) {
      const row = list === 'contacts' ? 'strength' : 'id';
      const costOf = async (counts: string) => {
        await changeSomething(network);
        return statementsOf(network.source, () =>
          network.read(`{ ${list} { nodes { ${row} } ${counts} } }`),
        );
      };
      expect(await costOf('totalCount'), list).toBe(await costOf(''));
    }
  });
});

describe.each(testDatabases)('Query on $name', (kind) => {
  it('takes as many statements for a page of a hundred as for a page of one', async () => {
    await using network = await openTestNetwork(kind, 'nothing', undefined, askHub);
    await insertHundredOfEach(network.source);
    for (const query of lists) {
      const costOf = async (first: number) => {
        await changeSomething(network);
        return statementsOf(network.source, () =>
          network.read(`{ ${query.replace('#', String(first))} }`),
        );
      };
      expect(await costOf(100), query).toBe(await costOf(1));
    }
  });
});

/** The selections for the given number of records. */
type AccessPath = (count: number) => readonly [query: string, variables: Values];

/**
 * Callers whose rights follow from facts: senders, hosts, co-ordinators, and callers without a
 * part.
 */
const organisations = ['dk', 'fi', 'ncm', 'lv'];

describe.each(testDatabases)('FORBIDDEN on $name', (kind) => {
  it('takes as many statements to decide for a hundred records as for one', async () => {
    await using network = await openTestNetwork(kind, 'nothing', undefined, askHub);
    await insertHundredOfEach(network.source);
    const visit = 'title stops { id title visit { id } } missingSectors experts { id role }';
    const list: AccessPath = (count) => [
      `{ visits(first: ${count}) { nodes { ${visit} } totalCount } }`,
      {},
    ];
    const entities =
      (type: string, id: string, selection: string): AccessPath =>
      (count) => [
        `query ($representations: [_Any!]!) {
          _entities(representations: $representations) { ... on ${type} { ${selection} } } }`,
        { representations: representations(type, id, count) },
      ];
    const accessPaths = [
      list,
      entities('Visit', 'nbnp:visit-#-1', visit),
      entities('ItineraryStop', 'nbnp:stop-#-1', 'id title'),
      entities('OfficerNomination', 'dk:nomination-#-1', 'acceptedOn declineReason'),
      entities('Group', 'nbnp:group-#', 'meetings { agenda missed }'),
    ];
    for (const accessPath of accessPaths) {
      for (const organisation of organisations) {
        const reader = readerOf(organisation, 'coordinator');
        const costOf = (count: number) =>
          statementsOf(network.source, () => {
            const [query, variables] = accessPath(count);
            return network.ask(query, variables, reader);
          });
        const [query] = accessPath(1);
        expect(await costOf(100), `${organisation}: ${query}`).toBe(await costOf(1));
      }
    }
  });
});
