import { definition as nationalPolice } from '@hub/national-police';
import { definition as nbnp } from '@hub/nbnp';
import { definition as ncmOffices } from '@hub/ncm-offices';
import { getNamedType, isInputObjectType } from 'graphql';
import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { participantIn } from '../network/run-programme.js';
import { runSteps, type Step } from './run-every-mutation.js';

/** The rows that are shown as a list of another record: the list’s field, and what may hold the record’s id. */
const parts: Readonly<Record<string, readonly [field: string, ...owners: string[]]>> = {
  absences: ['absences', 'groupId'],
  meetings: ['meetings', 'groupId'],
  group_meetings: ['delegateMeetings', 'groupId'],
  visit_hosts: ['hostCountries', 'visitId'],
  earlier_plans: ['plans', 'visitId'],
  event_countries: ['countries', 'eventId'],
  party_roles: ['roles', 'eventId', 'programmeId'],
  representations: ['represented', 'eventId'],
  statements: ['statements', 'programmeId', 'eventId', 'organisationId'],
  sides: ['sides', 'programmeId'],
  side_parties: ['sides', 'programmeId'],
  planned_journeys: ['plannedJourneys', 'programmeId'],
  officer_languages: ['languages', 'officerId'],
  expert_languages: ['languages', 'expertId'],
  expert_roles: ['roles', 'expertId'],
  expert_fields: ['fields', 'expertId'],
  delegate_languages: ['languages', 'delegateId'],
  officer_formalities: ['formalities', 'officerId'],
  retention_holds: ['hold', 'person'],
  officer_travel_needs: ['travelNeeds', 'officerId'],
  delegate_formalities: ['formalities', 'delegateId'],
  delegate_travel_needs: ['travelNeeds', 'delegateId'],
  erasures: ['erasures', 'person'],
  invitations: ['access', 'personId'],
  participant_sessions: ['access', 'personId'],
  claims: ['claims', 'subjectId', 'officeId', 'unitId'],
  site_claims: ['claims', 'siteId'],
  contact_points: ['contactPoints', 'ownerId'],
  shared_contacts: ['sharedContacts', 'officerId', 'delegateId'],
  information_reads: ['informationReadBy', 'visitId'],
  links: ['links', 'eventId', 'organisationId'],
  statement_countries: ['countries', 'statementId'],
  outcome_mandates: ['mandated', 'outcomeId'],
};

/** What no mutation is about: the record itself, keys of mutations, the mark. */
const isKept = (table: string): boolean =>
  /^(disclosure_|person_(keys|days)|reader_names|idempotency_|used_|database_)/.test(table);

type Row = Readonly<Record<string, unknown>>;
interface StoredRow {
  readonly table: string;
  readonly keys: readonly string[];
  readonly row: Row;
}

/** All rows of a database as SQLite has them, by table and key. */
async function readRows(source: DataSource): Promise<Map<string, StoredRow>> {
  const found = new Map<string, StoredRow>();
  for (const { tableName: table, columns } of source.entityMetadatas) {
    if (isKept(table)) continue;
    const keys = columns.filter(({ isPrimary }) => isPrimary).map((column) => column.propertyName);
    for (const stored of await source.query<Row[]>(`SELECT * FROM "${table}"`)) {
      const row = Object.fromEntries(
        columns.map(({ propertyName, databaseName }) => [propertyName, stored[databaseName]]),
      );
      found.set(`${table} ${keys.map((key) => String(row[key])).join(' ')}`, { table, keys, row });
    }
  }
  return found;
}

/** By record: the fields in which two states differ, as far as they are columns that the record is known by. */
function compare(
  before: ReadonlyMap<string, StoredRow>,
  after: ReadonlyMap<string, StoredRow>,
): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key), after.get(key)];
    const { table, keys, row } = (now ?? old) as StoredRow;
    const fields = Object.keys(row)
      .filter((name) => !keys.includes(name) && !name.startsWith('search'))
      .filter((name) => (old?.row[name] ?? null) !== (now?.row[name] ?? null));
    const [field, ...owners] = parts[table] ?? [];
    const owner = owners.find((name) => row[name] != null);
    if (field !== undefined && owner !== undefined) {
      if (!old || !now || fields.length > 0) (found[String(row[owner])] ??= new Set()).add(field);
    } else if (fields.length > 0) {
      const subject = String(row[keys.includes('id') ? 'id' : (keys[0] ?? '')]);
      for (const name of fields) (found[subject] ??= new Set()).add(name.replace(/Id$/, ''));
    }
  }
  return Object.fromEntries(
    Object.entries(found).map(([subject, fields]) => [subject, [...fields].toSorted()]),
  );
}

interface Change {
  readonly id: string;
  readonly organisation: string;
  readonly person: string | null;
  readonly mutation: string;
  readonly subject: string;
  readonly fields: string[];
  readonly reason: string | null;
}

const rootOf = (code: string): string => {
  if (code === 'nbnp') return 'changes: networkChanges(first: 100)';
  if (code === 'ncm') return 'changes: officeChanges(first: 100)';
  return `changes: policeChanges(country: "${code.toUpperCase()}", first: 100)`;
};

async function readChanges({ ask }: OpenNetwork, code: string): Promise<Change[]> {
  const { data, errors } = await ask(
    `{ ${rootOf(code)} { nodes { id organisation person mutation subject fields reason } } }`,
    {},
    { organisation: code, role: 'coordinator' },
  );
  expect(errors).toBeUndefined();
  return data.changes.nodes as Change[];
}

/** What a mutation did to its owner’s database, and what the record says of it. */
interface Done extends Step {
  readonly expected: Record<string, string[]>;
  readonly recorded: readonly Change[];
}

const definitions = { nbnp, 'ncm-offices': ncmOffices, 'national-police': nationalPolice };
const fields = (
  await Promise.all(
    Object.values(definitions).map(async (definition) => {
      const { schema } = await definition.createSubgraph();
      return Object.values(schema.getMutationType()?.getFields() ?? {});
    }),
  )
).flat();
const mutations = fields.map(({ name }) => name);

/**
 * An ended nomination has no place, a withdrawal is for no days, a new report corrects no version, and
 * the key of a repeated call is no part of a record.
 */
const isKeptOut = (mutation: string, argument: string): boolean =>
  argument === 'idempotencyKey' ||
  (/^withdraw(Regional)?Hosting$/.test(mutation) && argument === 'visitVersion') ||
  (/^handIn(Officer|Delegate)Report$/.test(mutation) && argument === 'version') ||
  (/^(decline|withdraw)Delegate$/.test(mutation) && /^(reserve|replaces)$/.test(argument));

/** What each mutation takes. */
const inputs = fields.flatMap(({ name: mutation, args }) =>
  args.flatMap(({ type }) => {
    const input = getNamedType(type);
    const names = isInputObjectType(input) ? Object.keys(input.getFields()) : [];
    return names.flatMap((argument) =>
      isKeptOut(mutation, argument) ? [] : { mutation, argument },
    );
  }),
);

describe('Change', () => {
  let network: OpenNetwork;
  const done: Done[] = [];
  beforeAll(async () => {
    network = await openNetwork('facts', { isGuarded: true, hasChores: false });
    await runSteps(network, async (step, call) => {
      const { source } = network.serverOf(step.organisation);
      const [last] = await readChanges(network, step.organisation);
      const before = await readRows(source);
      const result = await call();
      const expected = compare(before, await readRows(source));
      const all = await readChanges(network, step.organisation);
      const index = all.findIndex(({ id }) => id === last?.id);
      done.push({ ...step, expected, recorded: index < 0 ? all : all.slice(0, index) });
      return result;
    });
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it.each(mutations)(
    'of %s says who changed which records, and just the fields that differ',
    (mutation) => {
      const steps = done.filter((step) => step.mutation === mutation);
      expect(steps.length, `no step of run-every-mutation.ts calls ${mutation}`).toBeGreaterThan(0);
      for (const { organisation, input, expected, recorded } of steps) {
        expect(Object.keys(expected).length).toBeGreaterThan(0);
        const found = Object.fromEntries(recorded.map(({ subject, fields }) => [subject, fields]));
        expect(found).toEqual(expected);
        // Another organisation’s own erasure.
        const by = mutation === 'eraseTexts' ? 'fi' : organisation;
        const her = participantIn(mutation, input);
        const changer = her
          ? { organisation: her.organisation, person: `${her.organisation}-participant` }
          : { organisation: by, person: `${by}-coordinator` };
        for (const change of recorded) expect(change).toMatchObject({ mutation, ...changer });
      }
    },
  );

  it('is recorded for every argument of the mutations', () => {
    const taken = inputs.map(({ mutation, argument }) => `${mutation}(${argument})`);
    const given = done.flatMap(({ mutation, input }) =>
      Object.keys(input).map((argument) => `${mutation}(${argument})`),
    );
    expect(taken.filter((name) => !given.includes(name))).toEqual([]);
  });

  it('says why an event, group or programme was removed, and a group or a visit cancelled, and no reason about a person', () => {
    const reasons = done.flatMap(({ recorded }) =>
      recorded.flatMap(({ mutation, reason }) => (reason === null ? [] : `${mutation}: ${reason}`)),
    );
    expect(reasons).toEqual([
      'mergeOrganisations: It was registered twice.',
      'mergeOrganisations: It was registered twice.',
      'mergePoliceUnits: It was registered twice.',
      'mergePoliceUnits: It was registered twice.',
      'mergeNationalSites: It was registered twice.',
      'mergeNationalSites: It was registered twice.',
      'mergeRegionalSites: It was registered twice.',
      'mergeRegionalSites: It was registered twice.',
      'removeOutcome: It was another one.',
      // Its subject, and itself, which had claims.
      'removeStatement: It was another one.',
      'removeStatement: It was another one.',
      'removeLink: It was another one.',
      'removeEvent: It was another one.',
      'cancelGroup: No host was found.',
      'cancelVisit: No hotel.',
      'removeProgramme: It was a mistake.',
      'removeGroup: It was a mistake.',
      'mergeOffices: It was registered twice.',
      'mergeOffices: It was registered twice.',
      'cancelGroup: It was a mistake.',
      'cancelGroup: It was a mistake.',
    ]);
  });

  it('has no value that was written', async () => {
    for (const code of ['nbnp', 'ncm', 'dk', 'fi']) {
      const rows = await network
        .serverOf(code)
        .source.query<{ text: string }[]>('SELECT "text" FROM "disclosure_texts"');
      const all = rows.map(({ text }) => text).join();
      for (const value of [
        'Anna Secret',
        'What I saw',
        'Petrozavodsk',
        'Murmansk',
        'Visas.',
        'A week',
        'Karelia',
      ])
        expect(all).not.toContain(value);
    }
  });

  it('is not recorded for a refused mutation', async () => {
    const before = await readChanges(network, 'nbnp');
    const input = { programme: 'nbnp:none', name: 'x', direction: 'NORTH_WEST_RUSSIA_TO_NORDIC' };
    const query = 'mutation ($input: CreateGroupInput!) { createGroup(input: $input) { id } }';
    for (const asker of [
      { organisation: 'nbnp', role: 'coordinator' },
      { organisation: 'dk', role: 'coordinator' },
    ] as const) {
      const answer = await network.ask(query, { input: { ...input, plannedSize: 3 } }, asker);
      expect(answer.errors).toHaveLength(1);
    }
    expect(await readChanges(network, 'nbnp')).toEqual(before);
  });
});
