import { readEveryRow, testDatabases } from '@hub/shared/testing';
import {
  buildASTSchema,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  parse,
  type GraphQLInputType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Event } from '../entities/event.entity.js';
import { Outcome } from '../entities/outcome.entity.js';
import { Programme } from '../entities/programme.entity.js';
import { insertOrganisation, organisation, partiesHub } from '../testing/test-parties.js';
import { openTestVisits, programme, south, type TestVisits } from '../testing/test-visits.js';

const sdl = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

/** The ids in lists below an input, as `roles.*.party`. */
function listIds(type: GraphQLInputType, path: readonly string[] = []): string[] {
  const bare = getNullableType(type);
  if (isListType(bare)) return listIds(bare.ofType as GraphQLInputType, [...path, '*']);
  const named = getNamedType(type);
  if (isInputObjectType(named))
    return Object.values(named.getFields()).flatMap((field) =>
      listIds(field.type, [...path, field.name]),
    );
  return named.name === 'ID' && path.includes('*') ? [path.join('.')] : [];
}

/** Of several decisions, each has its own result: what is refused is no fault of the others. */
const ofSeveral = ['decideOfficers', 'recordGroupAttendance'];

const mutations = buildASTSchema(parse(sdl), { assumeValidSDL: true }).getMutationType();
const places = Object.values(mutations?.getFields() ?? {})
  .filter(({ name }) => !ofSeveral.includes(name))
  .flatMap(({ name, args }) =>
    args.flatMap(({ name: argument, type }) =>
      listIds(type, [argument]).map((place) => `${name} ${place}`),
    ),
  );

const party = { known: ['ee:unit', organisation, 'ncm:led'], unknown: ['nbnp:none', 'ee:none'] };
const refusal = { code: 'NOT_FOUND' };
const toRoles = (ids: readonly string[]) => ({
  roles: ids.map((id) => ({ role: 'LEAD', party: id })),
});
const toHosts = (ids: readonly string[]) => ({
  roles: [
    { role: 'ORGANISER', party: 'ee:unit' },
    ...ids.map((id) => ({ role: 'HOST', party: id })),
  ],
});
const toRepresented = (ids: readonly string[]) => ({
  represented: [{ what: 'No party' }, ...ids.map((id) => ({ what: 'x', party: id }))],
});
const toSides = (list: string) => (named: readonly string[]) => ({
  sides: [{ name: 'A', countries: ['EE', 'FI'], [list]: named }],
});
const toAreas = (areasToInvolve: readonly string[]) => ({ areasToInvolve });
const regions = { known: ['RU-ARK', 'RU-MUR'], unknown: ['RU-MOS'] };
const plan = { title: 'A', targetGroups: ['POLICE'], sectorsToShow: [], workingLanguages: [] };
const event = { title: 'A', kind: 'SEMINAR', organisers: ['ee:unit'] };
const outcome = { source: 'https://example.org', on: '2026-01-01' };
/** A programme whose sides may change: no group goes in a documented direction. */
const planned = 'nbnp:planned';
const changed = { event: 'nbnp:event', version: 1 };

interface Use {
  readonly known: readonly string[];
  readonly unknown: readonly string[];
  readonly input: Readonly<Record<string, unknown>>;
  readonly refusal: object;
  /** How many items the list has before these. */
  readonly before?: number;
  write(ids: readonly string[]): object;
}

const uses: Readonly<Record<string, Use>> = {
  'recordEvent input.organisers.*': {
    ...party,
    refusal,
    input: event,
    write: (organisers) => ({ organisers }),
  },
  'recordEvent input.roles.*.party': { ...party, refusal, input: event, before: 1, write: toHosts },
  'recordEvent input.represented.*.party': {
    ...party,
    refusal,
    input: event,
    before: 1,
    write: toRepresented,
  },
  'changeEvent input.roles.*.party': {
    ...party,
    refusal,
    input: changed,
    before: 1,
    write: toHosts,
  },
  'changeEvent input.represented.*.party': {
    ...party,
    refusal,
    input: changed,
    before: 1,
    write: toRepresented,
  },
  'recordOutcome input.mandated.*': {
    ...party,
    refusal,
    input: { ...outcome, event: 'nbnp:event', kind: 'DECISION', title: 'A' },
    write: (mandated) => ({ mandated }),
  },
  'changeOutcome input.mandated.*': {
    ...party,
    refusal,
    input: { ...outcome, outcome: 'nbnp:outcome', version: 1 },
    write: (mandated) => ({ mandated }),
  },
  'createProgramme input.roles.*.party': { ...party, refusal, input: plan, write: toRoles },
  'createProgramme input.areasToInvolve.*': { ...regions, refusal, input: plan, write: toAreas },
  'changeProgramme input.roles.*.party': {
    ...party,
    refusal,
    input: { programme, version: 1 },
    write: toRoles,
  },
  'changeProgramme input.areasToInvolve.*': {
    ...regions,
    refusal,
    input: { programme, version: 1 },
    write: toAreas,
  },
  ...Object.fromEntries(
    ['createProgramme', 'changeProgramme'].flatMap((mutation) =>
      ['coordinators', 'hosts', 'regions', 'selectors'].map((list) => {
        const ofParties = list === 'coordinators' ? { ...party, known: ['ncm:led'] } : party;
        const use = {
          ...(list === 'regions' ? regions : ofParties),
          refusal,
          input: mutation === 'createProgramme' ? plan : { programme: planned, version: 1 },
          write: toSides(list),
        };
        return [`${mutation} input.sides.*.${list}.*`, use] as const;
      }),
    ),
  ),
  'recordGroupMeeting input.attendees.*': {
    known: ['dk:officer-1', 'fi:officer-1'],
    unknown: ['dk:none', 'se:reserve'],
    refusal: { code: 'RULE_VIOLATED', rule: 'NOT_MEMBER' },
    input: { group: south.group, kind: 'BRIEFING', on: '2030-04-01', version: 1 },
    write: (attendees) => ({ attendees }),
  },
};

const cases = Object.entries(uses).flatMap(([place, use]) =>
  use.unknown.flatMap((id) => [...use.known, ''].map((_, index) => ({ place, use, id, index }))),
);

it('covers every list of ids that a mutation takes', () => {
  expect(places.toSorted()).toEqual(Object.keys(uses).toSorted());
});

describe.each(testDatabases)('an unknown id among known ones on $name', (kind) => {
  // One server for all: who is refused writes nothing.
  let network: TestVisits;
  let rows: unknown;
  beforeAll(async () => {
    network = await openTestVisits(kind, partiesHub);
    await insertOrganisation(network);
    const sizes = { groupSizeMin: 2, groupSizeMax: 4, hasDocumentedGroups: false };
    await network.insert(Programme, { ...plan, ...sizes, id: planned });
    const row = { id: 'nbnp:event', title: 'A', kind: 'SEMINAR', workingLanguages: [] };
    await network.insert(Event, { ...row, searchText: 'a' });
    const decided = { id: 'nbnp:outcome', eventId: row.id, kind: 'DECISION', title: 'B' };
    await network.insert(Outcome, decided);
    rows = await readEveryRow(network.source);
  });
  afterAll(() => network[Symbol.asyncDispose]());

  it.each(cases)('$place names $id at $index', async ({ place, use, id, index }) => {
    const [mutation = '', path = ''] = place.split(' ');
    const input = { ...use.input, ...use.write(use.known.toSpliced(index, 0, id)) };
    expect(await network.refusal(mutation, input)).toEqual({
      ...use.refusal,
      // Of lists in lists, the first has one item.
      argument: path.replace(/\*(?=.*\*)/, '0').replace('*', String(index + (use.before ?? 0))),
    });
  });

  it('is refused, and nothing is written', async () => {
    expect(await readEveryRow(network.source)).toEqual(rows);
  });
});
