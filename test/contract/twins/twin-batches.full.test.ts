import { bothDatabases, type TestDatabaseKind } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OfficerFormality } from '../../../subgraphs/national-police/entities/officer-formality.entity.js';
import * as ofPolice from '../../../subgraphs/national-police/testing/test-mutations.js';
import * as ofNetwork from '../../../subgraphs/nbnp/entities/group.entity.js';
import { openTestVisits, south } from '../../../subgraphs/nbnp/testing/test-visits.js';
import { DelegateFormality } from '../../../subgraphs/ncm-offices/entities/delegate-formality.entity.js';
import { GroupMeeting } from '../../../subgraphs/ncm-offices/entities/group-meeting.entity.js';
import * as ofOffices from '../../../subgraphs/ncm-offices/testing/test-mutations.js';

type Values = Readonly<Record<string, unknown>>;
type Refusal = Values | null;

/** What a partner knows of the group: that it travels, that it was cancelled, or nothing. */
type State = 'travels' | 'cancelled' | 'away';

interface Side extends AsyncDisposable {
  readonly group: string;
  call(
    mutation: string,
    input: Values,
    selection: string,
  ): Promise<{ readonly value: unknown; readonly refusal?: Values | undefined }>;
  setState(state: State): Promise<unknown>;
  /** The subject and the fields of its latest changes, after a change. */
  changesAfter(id: unknown): Promise<readonly { readonly id: string; readonly line: string }[]>;
  formalities(): Promise<readonly object[]>;
  meeting(): Promise<{ readonly attendees: readonly string[] | null; readonly version: number }>;
}

const latest = async (
  read: (query: string) => Promise<Readonly<Record<string, unknown>>>,
  field: string,
  after: unknown,
) => {
  const { changes } = await read(`{ changes: ${field} { nodes { id subject fields } } }`);
  const { nodes } = changes as { nodes: { id: string; subject: string; fields: string[] }[] };
  const known = nodes.findIndex(({ id }) => id === after);
  return nodes
    .slice(0, known < 0 ? nodes.length : known)
    .map(({ id, subject, fields }) => ({ id, line: `${subject} ${fields.join()}` }));
};

const briefing = { kind: 'BRIEFING', version: 1 } as const;

/** Two members, one who was not selected, and an officer of the same group. */
async function openOffices(database: TestDatabaseKind): Promise<Side> {
  const { nomination, group } = ofOffices;
  const members = [nomination('1', 'SELECTED'), nomination('2', 'SELECTED'), nomination('3')];
  const offices = await ofOffices.openWrittenOffices(database, members);
  const { manager } = offices.partner.source;
  const meeting = { ...briefing, groupId: 'nbnp:g', officeId: 'ncm:led', on: '2010-04-01' };
  await manager.insert(GroupMeeting, meeting);
  const travels = { ...group, acceptedOfficers: [{ id: 'lv:o1' }] };
  const states = {
    travels,
    cancelled: { ...group, cancelledOn: '2010-02-01' },
    away: ofOffices.away,
  };
  return {
    group: 'nbnp:g',
    call: (mutation, input, selection) =>
      offices.call(mutation as ofOffices.MutationName, input, selection),
    setState: async (state) => offices.hub.set('nbnp:g', states[state]),
    changesAfter: (id) => latest(offices.partner.read, 'officeChanges', id),
    formalities: () =>
      manager.find(DelegateFormality, { order: { delegateId: 'ASC', kind: 'ASC' } }),
    meeting: () => manager.findOneByOrFail(GroupMeeting, { groupId: 'nbnp:g' }),
    [Symbol.asyncDispose]: () => offices[Symbol.asyncDispose](),
  };
}

/** One member, and a nominee. */
async function openPolice(database: TestDatabaseKind): Promise<Side> {
  const police = await ofPolice.openWrittenPolice(database);
  const { manager } = police.source;
  const { group } = ofPolice;
  const away = ofOffices.away;
  const states = { travels: group, cancelled: { ...group, cancelledOn: '2026-08-01' }, away };
  return {
    group: 'nbnp:g',
    async call(mutation, input, selection) {
      const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
      const { data, errors } = await police.ask(
        `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { ${selection} } }`,
        { input },
      );
      return { value: data?.['it'], refusal: errors?.[0]?.extensions };
    },
    setState: async (state) => Object.assign(police.facts, { 'group nbnp:g': states[state] }),
    changesAfter: (id) => latest(police.read, 'policeChanges(country: "FI")', id),
    formalities: () => manager.find(OfficerFormality, { order: { officerId: 'ASC', kind: 'ASC' } }),
    meeting: () => Promise.reject(new Error('The police force meets no group.')),
    [Symbol.asyncDispose]: () => police[Symbol.asyncDispose](),
  };
}

/** A group from the Nordic and Baltic countries with two members, which the network meets. */
async function openNetwork(database: TestDatabaseKind): Promise<Side> {
  const network = await openTestVisits(database);
  const { manager } = network.source;
  const meeting = { ...briefing, groupId: south.group, on: '2030-04-01' };
  await network.insert(ofNetwork.GroupMeeting, meeting);
  return {
    group: south.group,
    async call(mutation, input, selection) {
      const { data, errors } = await network.change(mutation, input, selection);
      return { value: data?.['result'], refusal: errors?.[0]?.extensions };
    },
    setState: (state) =>
      network.update(ofNetwork.Group, south.group, {
        cancelledOn: state === 'cancelled' ? '2030-02-01' : null,
      }),
    changesAfter: (id) => latest(network.read, 'networkChanges', id),
    formalities: () => Promise.reject(new Error('The network keeps no formalities.')),
    meeting: () => manager.findOneByOrFail(ofNetwork.GroupMeeting, { groupId: south.group }),
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  };
}

const fields = ['code', 'rule', 'argument', 'currentVersion', 'partner'] as const;
const refused = `results { refusal { ${fields.join(' ')} } }`;
const refusalsOf = (value: unknown): Refusal[] =>
  (value as { results: { refusal: Refusal }[] }).results.map(({ refusal }) => refusal);

/** A refusal of one, as a batch says it: with the place of its item. */
function placed(refusal: Values | undefined, place: string, common: readonly string[]): Refusal {
  if (!refusal) return null;
  const own = Object.fromEntries(fields.map((field) => [field, refusal[field] ?? null]));
  const argument = String(refusal['argument'] ?? '');
  const isOfItem = argument !== '' && !common.includes(argument);
  return isOfItem ? { ...own, argument: argument.replace('input', `input.${place}`) } : own;
}

const states = fc.constantFrom<State>(
  ...Array.from({ length: 6 }, () => 'travels' as const),
  'cancelled',
  'away',
);

/** Two of a side: one that is called once for all, and one that is called for each. */
interface Pair {
  readonly together: Side;
  readonly oneByOne: Side;
  readonly last: Map<Side, string | undefined>;
}

/** What changed since the last time: the same of both, however many entries it took. */
async function expectSameChanges({ together, oneByOne, last }: Pair): Promise<void> {
  const lines: string[][] = [];
  for (const side of [together, oneByOne]) {
    const changes = await side.changesAfter(last.get(side));
    last.set(side, changes[0]?.id ?? last.get(side));
    lines.push([...new Set(changes.map(({ line }) => line))].toSorted());
  }
  expect(lines[0]).toEqual(lines[1]);
}

const recorders = [
  {
    open: openOffices,
    person: 'delegate',
    mutations: ['recordDelegateFormality', 'recordDelegateFormalities'],
    people: ['ncm:d1', 'ncm:d2', 'ncm:d1', 'ncm:d2', 'ncm:d3', 'lv:o1', 'ncm:none'],
    days: ['2010-03-01', '2010-04-02', '2008-12-31'],
    more: {},
  },
  {
    open: openPolice,
    person: 'officer',
    mutations: ['recordOfficerFormality', 'recordOfficerFormalities'],
    people: ['fi:demo-officer-5', 'fi:demo-officer-5', 'fi:demo-officer-3', 'dk:o', 'fi:none'],
    days: ['2026-09-20', '2026-10-01', '2025-12-31'],
    more: { country: 'FI' },
  },
] as const;

const meetings = [
  {
    open: openOffices,
    mutation: 'recordDelegatesAttendance',
    people: ['ncm:d1', 'ncm:d2', 'ncm:d3', 'lv:o1', 'ncm:none'],
  },
  {
    open: openNetwork,
    mutation: 'recordGroupAttendance',
    people: ['dk:officer-1', 'fi:officer-1', 'se:nobody', 'ncm:d1', 'dk:'],
  },
] as const;

describe.each(bothDatabases)('Mutations of several on $name', (database) => {
  const numRuns = database.name === 'SQLite' ? 40 : 8;

  it.each(recorders)(
    '$mutations.1 does what those of one do in the same order, whatever is drawn',
    async ({ open, person, mutations: [one, several], people, days, more }) => {
      await using together = await open(database);
      await using oneByOne = await open(database);
      const pair: Pair = { together, oneByOne, last: new Map() };
      await expectSameChanges(pair);
      const { group } = together;
      const formality = fc.record({
        [person]: fc.constantFrom<string>(...people),
        kind: fc.constantFrom('VISA', 'TICKET'),
        status: fc.constantFrom('REQUESTED', 'RECEIVED', 'NOT_NEEDED'),
        on: fc.constantFrom<string>(...days),
        version: fc.constantFrom(null, null, null, 0, 1, 2),
      });
      const batch = fc.uniqueArray(formality, {
        minLength: 1,
        maxLength: 6,
        selector: (drawn) => `${String(drawn[person])} ${String(drawn['kind'])}`,
      });
      let written = 0;
      for (const [formalities, state] of fc.sample(fc.tuple(batch, states), {
        numRuns,
        seed: 32,
      })) {
        for (const side of [together, oneByOne]) await side.setState(state);
        const each: Refusal[] = [];
        for (const [place, item] of formalities.entries()) {
          const { refusal } = await oneByOne.call(one, { ...item, group }, 'id');
          each.push(placed(refusal, `formalities.${place}`, ['input.group']));
        }
        const all = await together.call(several, { ...more, group, formalities }, refused);
        // What concerns the group refuses all.
        if (all.refusal) expect(each, 'what concerns the group').not.toContain(null);
        else expect(refusalsOf(all.value), JSON.stringify(formalities)).toEqual(each);
        expect(await together.formalities()).toEqual(await oneByOne.formalities());
        await expectSameChanges(pair);
        written += each.filter((refusal) => refusal === null).length;
      }
      expect(written).toBeGreaterThan(0);
      expect(pair.last.get(together), 'the feed').toBeDefined();
    },
  );

  it.each(meetings)(
    '$mutation records several as one by one, whatever is drawn',
    async ({ open, mutation, people }) => {
      await using together = await open(database);
      await using oneByOne = await open(database);
      const pair: Pair = { together, oneByOne, last: new Map() };
      await expectSameChanges(pair);
      const record = async (side: Side, lists: Values) => {
        const { version: meetingVersion } = await side.meeting();
        const input = { group: side.group, kind: 'BRIEFING', meetingVersion, ...lists };
        return side.call(mutation, input, refused);
      };
      const came = fc.uniqueArray(fc.tuple(fc.constantFrom<string>(...people), fc.boolean()), {
        minLength: 1,
        selector: ([person]) => person,
      });
      let written = 0;
      for (const [drawn, state] of fc.sample(fc.tuple(came, states), { numRuns, seed: 33 })) {
        for (const side of [together, oneByOne]) await side.setState(state);
        const present = drawn.flatMap(([person, isPresent]) => (isPresent ? person : []));
        const absent = drawn.flatMap(([person, isPresent]) => (isPresent ? [] : person));
        const each: Refusal[] = [];
        // Those who came stand before those who did not.
        for (const [list, persons] of Object.entries({ present, absent }))
          for (const [place, person] of persons.entries()) {
            const { value, refusal } = await record(oneByOne, { [list]: [person] });
            const [own = null] = refusal ? [refusal] : refusalsOf(value);
            const argument = String(own?.['argument'] ?? '').replace(
              `${list}.0`,
              `${list}.${place}`,
            );
            each.push(own && { ...own, argument: argument || null });
          }
        const all = await record(together, { present, absent });
        if (all.refusal) expect(each, 'what concerns the group').not.toContain(null);
        else expect(refusalsOf(all.value), JSON.stringify(drawn)).toEqual(each);
        const attendees = await Promise.all(
          [together, oneByOne].map(async (side) => (await side.meeting()).attendees),
        );
        expect(attendees[0]?.toSorted()).toEqual(attendees[1]?.toSorted());
        await expectSameChanges(pair);
        written += each.filter((refusal) => refusal === null).length;
      }
      expect(written).toBeGreaterThan(0);
      expect(pair.last.get(together), 'the feed').toBeDefined();
    },
  );
});
