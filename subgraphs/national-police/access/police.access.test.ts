import type { Reader } from '@hub/shared/identity';
import {
  inner,
  outcomesOf,
  readerOf,
  testDatabases,
  type TestDatabaseKind,
  type TestPartner,
} from '@hub/shared/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subjects, type Column, type Subject } from '../testing/access-subjects.js';
import { openScenarios, own, readers, scenarios, type Scenario } from '../testing/test-access.js';

const [sqlite] = testDatabases as [TestDatabaseKind];

// The access table, written out independently of the policies.
function isArranger(organisation: string, { isCoordinatedByOffice }: Scenario): boolean {
  return organisation === 'nbnp' || (organisation === 'ncm' && isCoordinatedByOffice);
}

const takesPart = (organisation: string, { members, hosts }: Scenario): boolean =>
  hosts.includes(organisation === 'ncm' ? 'ru' : organisation) ||
  members.some((id) => id.startsWith(`${organisation}:`));

const isStaff = (reader: Reader): boolean =>
  reader.kind === 'person' && ['coordinator', 'liaison', 'service'].includes(reader.role);

/** The organisations that run a visit for which the network has asked for an expert. */
const knowExpert: Readonly<Record<string, readonly string[]>> = {
  'fi:expert': ['se', 'ncm'],
  'fi:refused': ['se', 'ncm'],
  'fi:lent': ['se', 'ncm', 'no'],
};

/** Whoever sends, hosts or co-ordinates. No office has to do with group 2, and nobody hosts it in Sweden. */
function hasTask(organisation: string, { id, scenario }: Subject): boolean {
  const known = knowExpert[id];
  if (known) return known.includes(organisation);
  const group = scenarios[scenario ?? ''];
  return group !== undefined && (takesPart(organisation, group) || isArranger(organisation, group));
}

/** Two officers are nominated for each of two groups: Norway sends with both. */
const officersOf: Readonly<Record<string, number>> = { no: 4, se: 2, ncm: 2, lv: 2 };

/** What a police force decides itself about visits. */
const ownSubjects = ['Hosting', 'ExpertAssignment'];

function mayRead(reader: Reader, column: Column, subject: Subject): boolean {
  if (reader.kind !== 'person') return false;
  const { role, organisation } = reader;
  if (column === 'people') {
    if (organisation === own) return role !== 'analyst';
    return isStaff(reader) && (organisation === 'nbnp' || hasTask(organisation, subject));
  }
  const scenario = subject.scenario === undefined ? undefined : scenarios[subject.scenario];
  const isOwn = organisation === own;
  if (column === 'itinerary') {
    // A police force may read its own offers, even if it may read nothing else of that visit.
    const isOfOwnStaff = isOwn && ['coordinator', 'liaison', 'service'].includes(role);
    if (ownSubjects.includes(subject.type) && isOfOwnStaff) return true;
    if (!scenario || role === 'auditor') return false;
    if (scenario.returnedOn !== null) return true;
    if (role === 'analyst') return false;
    return isArranger(organisation, scenario) || takesPart(organisation, scenario);
  }
  if (role === 'liaison') return isOwn;
  if (role !== 'coordinator' && role !== 'service') return false;
  if (isOwn) return true;
  if (column === 'loan') return organisation === 'nbnp';
  // While lent, by the co-ordinators who read the plan of that visit: not once it is over or cancelled.
  if (subject.type === 'Expert')
    return (
      organisation === 'nbnp' ||
      (scenario !== undefined &&
        (isArranger(organisation, scenario) || takesPart(organisation, scenario)))
    );
  if (!scenario) return false;
  // The network decides on a nominee, and has not decided yet.
  if (!subject.isMember) return column === 'identity' && organisation === 'nbnp';
  const isHost = column === 'identity' && scenario.hosts.includes(organisation);
  return isArranger(organisation, scenario) || isHost;
}

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
    const by = { organisation: own, person: null, reason: null, at: new Date('2026-11-24') };
    const changed = [...new Set([...subjects.map(({ id }) => id), 'fi:gone', 'fi:npb'])];
    const records = changed.map((subject) => ({ subject, fields: ['version'] }));
    await inner.inTransaction(police.source, (manager) =>
      inner.recordChanges(manager, { ...by, mutation: 'test', records }),
    );
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
        `{ all: officers(filter: { rehearsals: true }) { totalCount countAtLeast pageInfo { endCursor } }
         some: officers(filter: { language: "ru", targetGroup: POLICE, rehearsals: true }) { totalCount nodes { id } }
         experts(filter: { country: "FI", rehearsals: true }) { totalCount } }`,
        {},
        reader,
      );
      if (reader.kind !== 'person' || reader.role === 'analyst') {
        expect(answer.data).toEqual({ all: null, some: null, experts: null });
        expect(answer.errors?.map(({ extensions }) => extensions.code)).toEqual(
          Array(3).fill('FORBIDDEN'),
        );
      } else {
        const { organisation } = reader;
        const isAll = organisation === own || (organisation === 'nbnp' && isStaff(reader));
        const ofGroups = isStaff(reader) ? (officersOf[organisation] ?? 0) : 0;
        const known = Object.values(knowExpert).filter((some) => some.includes(organisation));
        const all = isAll ? 6 : ofGroups;
        const found = answer.data as { readonly some: { nodes: readonly unknown[] } };
        expect(answer.data).toMatchObject({
          all: { totalCount: all, countAtLeast: all },
          some: { totalCount: found.some.nodes.length },
          experts: { totalCount: isAll ? 3 : isStaff(reader) ? known.length : 0 },
        });
        if (isAll) expect(found.some.nodes).toHaveLength(2);
        expect(found.some.nodes.length).toBeLessThanOrEqual(all);
      }
    },
  );

  it.each(readers)('shows %s the changes of whom the caller may read', async (_, reader) => {
    const changes = async (by: Reader) =>
      (await police.ask(
        '{ policeChanges(country: "FI", first: 1000) { nodes { subject } } }',
        {},
        by,
      )) as { data: { policeChanges: { nodes: { subject: string }[] } | null } };
    const { data } = await changes(reader);
    const mayReadChanges =
      reader.kind === 'person' && ['coordinator', 'service', 'auditor'].includes(reader.role);
    if (!mayReadChanges) return expect(data).toEqual({ policeChanges: null });
    const subjectsOf = (found: typeof data) =>
      new Set(found.policeChanges?.nodes.map(({ subject }) => subject));
    const [all, shown] = [
      subjectsOf((await changes(readerOf(own, 'auditor'))).data),
      subjectsOf(data),
    ];
    const people = subjects.filter(
      ({ id, columns }) => all.has(id) && Object.values(columns).includes('people'),
    );
    expect(people.length).toBeGreaterThan(6);
    for (const person of people)
      expect(shown.has(person.id), person.id).toBe(mayRead(reader, 'people', person));
    const isOfNobody = (id: string) => /unit|npb|hosting|site/.test(id);
    expect([...shown].filter(isOfNobody)).toEqual([...all].filter(isOfNobody));
    // Who was removed.
    const readsAll =
      reader.organisation === own || (reader.organisation === 'nbnp' && isStaff(reader));
    expect([...all].filter((id) => !shown.has(id)).length > 0).toBe(!readsAll);
    expect(shown.has('fi:gone')).toBe(readsAll);
  });

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
