import type { Reader } from '@hub/shared/identity';
import {
  outcomesOf,
  testDatabases,
  type TestDatabaseKind,
  type TestPartner,
} from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  assignmentOf,
  entity,
  expert,
  openScenarios,
  own,
  readers,
  scenarios,
  today,
  type Scenario,
} from '../testing/test-access.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

// The access table, written out independently of the policies.
type Column = 'people' | 'identity' | 'report' | 'itinerary' | 'loan';

interface Subject {
  readonly type: string;
  readonly id: string;
  readonly columns: Readonly<Record<string, Column>>;
  /** The group or visit that it belongs to. */
  readonly scenario: string | undefined;
  /** True for a member of the group. A nomination alone gives no access. */
  readonly isMember?: boolean;
  /** Each access path to it, with `#` where its id and fields are selected. */
  readonly accessPaths: Readonly<Record<string, string>>;
}

function isArranger(organisation: string, { isCoordinatedByOffice }: Scenario): boolean {
  return organisation === 'nbnp' || (organisation === 'ncm' && isCoordinatedByOffice);
}

const takesPart = (organisation: string, { members, hosts }: Scenario): boolean =>
  hosts.includes(organisation === 'ncm' ? 'ru' : organisation) ||
  members.some((id) => id.startsWith(`${organisation}:`));

/** What a police force decides itself about visits. */
const ownSubjects = ['Hosting', 'ExpertAssignment'];

function mayRead(reader: Reader, column: Column, subject: Subject): boolean {
  if (reader.kind === 'anonymous') return false;
  if (column === 'people') return true;
  const { role, organisation } = reader;
  const scenario = subject.scenario === undefined ? undefined : scenarios[subject.scenario];
  const isOwn = organisation === own;
  if (column === 'itinerary') {
    // A police force may read its own offers, even if it may read nothing else of that visit.
    const isOfOwnStaff = isOwn && ['coordinator', 'liaison', 'service'].includes(role);
    if (ownSubjects.includes(subject.type) && isOfOwnStaff) return true;
    if (!scenario || role === 'auditor') return false;
    if (role === 'analyst') return scenario.endsOn < today;
    return isArranger(organisation, scenario) || takesPart(organisation, scenario);
  }
  if (role === 'liaison') return isOwn;
  if (role !== 'coordinator' && role !== 'service') return false;
  if (isOwn) return true;
  if (column === 'loan' || organisation === 'nbnp') {
    if (subject.type.startsWith('Expert')) return organisation === 'nbnp';
  }
  // Once lent, by the co-ordinators who read the plan of that visit.
  if (subject.type === 'Expert' && scenario)
    return isArranger(organisation, scenario) || takesPart(organisation, scenario);
  if (!scenario || !subject.isMember) return false;
  const isHost = column === 'identity' && scenario.hosts.includes(organisation);
  return isArranger(organisation, scenario) || isHost;
}

const officer = (number: number, group: number, isMember: boolean): Subject => ({
  type: 'Officer',
  id: `fi:demo-officer-${number}`,
  columns: {
    name: 'identity',
    email: 'identity',
    rank: 'identity',
    targetGroup: 'people',
    country: 'people',
    languages: 'people',
    version: 'people',
  },
  scenario: `nbnp:demo-group-${group}`,
  isMember,
  accessPaths: {
    'a root field': `{ officer(id: "fi:demo-officer-${number}") { # } }`,
    'a list': '{ officers { nodes { # } } }',
    'the edges of a list': '{ officers { edges { node { # } } } }',
    'a filter': `{ officers(filter: { unit: "fi:npb" }) { nodes { # } } }`,
    'a nested list': '{ policeUnit(id: "fi:npb") { officers { nodes { # } } } }',
    'a nomination': entity(
      'OfficerNomination',
      `fi:demo-nomination-${group}-${number}`,
      '... on OfficerNomination { officer { # } }',
    ),
    'another’s group': entity(
      'Group',
      `nbnp:demo-group-${group}`,
      '... on Group { officerNominations { officer { # } } }',
    ),
    _entities: entity('Officer', `fi:demo-officer-${number}`, '... on Officer { # }'),
    'a fragment of a fragment': `{ officer(id: "fi:demo-officer-${number}") { ...on Participant { ... on Officer { # } } } }`,
  },
});

const nomination = (number: number, group: number, isMember: boolean): Subject => ({
  type: 'OfficerNomination',
  id: `fi:demo-nomination-${group}-${number}`,
  columns: { motivation: 'identity', nominatedOn: 'people', groupId: 'people' },
  scenario: `nbnp:demo-group-${group}`,
  isMember,
  accessPaths: {
    'an officer': `{ officer(id: "fi:demo-officer-${number}") { nominations { # } } }`,
    'another’s group': entity(
      'Group',
      `nbnp:demo-group-${group}`,
      '... on Group { officerNominations { # } }',
    ),
    _entities: entity(
      'OfficerNomination',
      `fi:demo-nomination-${group}-${number}`,
      '... on OfficerNomination { # }',
    ),
  },
});

const hosting = (id: string, visit: string): Subject => ({
  type: 'Hosting',
  id,
  columns: {
    visitId: 'itinerary',
    status: 'itinerary',
    accommodation: 'itinerary',
    transport: 'itinerary',
    meetingPoint: 'itinerary',
    contactOnTheSpot: 'itinerary',
    emergencyContact: 'itinerary',
    note: 'itinerary',
    decidedOn: 'itinerary',
    version: 'itinerary',
  },
  scenario: visit,
  accessPaths: {
    'a unit': '{ policeUnit(id: "fi:npb") { hostings { # } } }',
    'another’s visit': entity('Visit', visit, '... on Visit { hostings { # } }'),
    _entities: entity('Hosting', id, '... on Hosting { # }'),
  },
});

const stop = (id: string, visit: string): Subject => ({
  type: 'ItineraryStop',
  id,
  columns: { hostConfirmedOn: 'itinerary', hostConfirmedVersion: 'itinerary' },
  scenario: visit,
  accessPaths: { _entities: entity('ItineraryStop', id, '... on ItineraryStop { # }') },
});

/** An expert who is lent for a visit, or for none. */
const lendable = (id: string, visit: string | undefined): Subject => ({
  type: 'Expert',
  id,
  columns: {
    name: 'identity',
    email: 'identity',
    roles: 'people',
    fields: 'people',
    languages: 'people',
    version: 'people',
  },
  scenario: visit,
  accessPaths: {
    'a root field': `{ expert(id: "${id}") { # } }`,
    'a list': '{ experts { nodes { # } } }',
    'the edges of a list': '{ experts { edges { node { # } } } }',
    'a nested list': '{ policeUnit(id: "fi:npb") { experts { # } } }',
    _entities: entity('Expert', id, '... on Expert { # }'),
  },
});

/** A decision on a request for an expert. */
const assignment = (expertId: string, visit: string): Subject => ({
  type: 'ExpertAssignment',
  id: assignmentOf(expertId, visit),
  columns: { loanGranted: 'itinerary', loanDecidedOn: 'itinerary', loanReason: 'loan' },
  scenario: visit,
  accessPaths: {
    _entities: entity(
      'ExpertAssignment',
      assignmentOf(expertId, visit),
      '... on ExpertAssignment { # }',
      expertId,
    ),
  },
});

const subjects: readonly Subject[] = [
  officer(1, 4, true),
  officer(3, 2, true),
  officer(4, 2, false),
  nomination(1, 4, true),
  nomination(3, 2, true),
  nomination(4, 2, false),
  {
    type: 'Participant',
    id: 'fi:demo-officer-1',
    columns: { name: 'identity', targetGroup: 'people', country: 'people' },
    scenario: 'nbnp:demo-group-4',
    isMember: true,
    accessPaths: {
      'an interface': entity('Officer', 'fi:demo-officer-1', '... on Participant { # }'),
      'an interface of a root field':
        '{ officer(id: "fi:demo-officer-1") { ... on Participant { # } } }',
    },
  },
  {
    type: 'ParticipantReport',
    id: 'fi:demo-report-4-1',
    columns: { text: 'report', receivedOn: 'people', group: 'people', visit: 'people' },
    scenario: 'nbnp:demo-group-4',
    isMember: true,
    accessPaths: {
      'an officer': '{ officer(id: "fi:demo-officer-1") { report { # } } }',
      'an interface': entity('Officer', 'fi:demo-officer-1', '... on Participant { report { # } }'),
    },
  },
  lendable(expert.id, undefined),
  lendable('fi:refused', undefined),
  lendable('fi:lent', 'nbnp:ended'),
  assignment('fi:refused', 'nbnp:ended'),
  assignment('fi:lent', 'nbnp:today'),
  assignment('fi:lent', 'nbnp:ended'),
  hosting('fi:demo-hosting-1', 'nbnp:demo-visit-1'),
  hosting('fi:hosting-ended', 'nbnp:ended'),
  hosting('fi:hosting-today', 'nbnp:today'),
  stop('nbnp:demo-stop-1-1', 'nbnp:demo-visit-1'),
  stop('nbnp:stop-ended', 'nbnp:ended'),
];

const columnOfTable: Readonly<Record<Column, string>> = {
  people: 'people without identity',
  identity: 'a person’s identity',
  report: 'report text',
  itinerary: 'stops and hostings',
  loan: 'why an expert is lent or not',
};

describe('the table of who reads what', () => {
  let police: TestPartner;
  beforeAll(async () => {
    police = await openScenarios(sqlite);
  });
  afterAll(() => police[Symbol.asyncDispose]());

  it.each(readers)('holds for %s, on every access path', async (_, reader) => {
    for (const subject of subjects) {
      const names = Object.keys(subject.columns);
      for (const [accessPath, query] of Object.entries(subject.accessPaths)) {
        const answer = await police.ask(query.replace('#', `id ${names.join(' ')}`), {}, reader);
        for (const [field, column] of Object.entries(subject.columns)) {
          const place = `${subject.type} ${subject.id} ${field} (${columnOfTable[column]}) by ${accessPath}`;
          const outcomes = outcomesOf(answer, subject.id, field);
          if (mayRead(reader, column, subject)) {
            expect(outcomes, place).toHaveLength(1);
            expect(outcomes[0], place).not.toBeNull();
            expect(outcomes[0], place).not.toBe('FORBIDDEN');
          } else {
            // The object is left out, or the field is refused at its path.
            expect(outcomes.length, place).toBeLessThanOrEqual(1);
            for (const outcome of outcomes) expect(outcome, place).toBe('FORBIDDEN');
          }
        }
        for (const { extensions } of answer.errors ?? []) expect(extensions.code).toBe('FORBIDDEN');
      }
    }
  });

  it.each(readers)('lets %s read institutions, sites and counts', async (_, reader) => {
    const { errors, data } = await police.ask(
      `query ($group: [_Any!]!) {
        policeUnits { id name units { id } sites { id } claims { value } } nationalSites { id note unit { id } }
        policeUnit(id: "fi:npb") { ... on Party { name country } }
        _entities(representations: $group) { ... on Group { officerReportsReceived officerNominationCount } }
      }`,
      { group: [{ __typename: 'Group', id: 'nbnp:demo-group-4' }] },
      reader,
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      _entities: [{ officerReportsReceived: 2, officerNominationCount: 2 }],
    });
  });

  it.each(readers)(
    'counts for %s the rows that the caller may list, with any filter',
    async (_, reader) => {
      const answer = await police.ask(
        `{ all: officers { totalCount countAtLeast pageInfo { endCursor } }
         some: officers(filter: { language: "ru", targetGroup: POLICE }) { totalCount nodes { id } }
         experts(filter: { country: "FI" }) { totalCount } }`,
        {},
        reader,
      );
      if (reader.kind === 'anonymous') {
        expect(answer.data).toEqual({ all: null, some: null, experts: null });
        expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(
          Array(3).fill('FORBIDDEN'),
        );
      } else {
        expect(answer.data).toMatchObject({
          all: { totalCount: 6, countAtLeast: 6 },
          some: { totalCount: 2, nodes: [{}, {}] },
          experts: { totalCount: 3 },
        });
      }
    },
  );

  it('has no filter over a restricted field', async () => {
    const { __schema } = await police.read<{
      __schema: { types: { name: string; inputFields: { name: string }[] | null }[] };
    }>('{ __schema { types { name inputFields { name } } } }');
    const restricted = ['name', 'email', 'rank', 'motivation', 'text', 'accommodation'];
    // Inputs of mutations are not filters.
    const filterTypes = __schema.types.filter(({ name }) => !name.endsWith('Input'));
    for (const { name, inputFields } of filterTypes) {
      const filters = (inputFields ?? []).map((field) => field.name);
      expect(
        filters.filter((filter) => restricted.includes(filter)),
        name,
      ).toEqual([]);
    }
  });
});
