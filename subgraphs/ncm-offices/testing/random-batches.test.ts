import { bothDatabases } from '@hub/shared/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import {
  away,
  group,
  nomination,
  openWrittenOffices,
  type WrittenOffices,
} from './test-mutations.js';

const fields = ['code', 'rule', 'argument', 'currentVersion', 'partner'] as const;
const refused = `refusal { ${fields.join(' ')} }`;

type Refusal = Readonly<Record<string, unknown>> | null;

const people = ['ncm:d1', 'ncm:d2', 'ncm:d3', 'lv:o1', 'ncm:none'] as const;

/** Two members, one who was not selected, and an officer of the same group. */
async function open(database: (typeof bothDatabases)[number]): Promise<WrittenOffices> {
  const members = [nomination('1', 'SELECTED'), nomination('2', 'SELECTED'), nomination('3')];
  const offices = await openWrittenOffices(database, members);
  await offices.partner.source.manager.insert(GroupMeeting, {
    groupId: 'nbnp:g',
    officeId: 'ncm:led',
    kind: 'BRIEFING',
    on: '2010-04-01',
    version: 1,
  });
  return offices;
}

/** The group, which the network now and then does not say, or which was cancelled. */
const facts = fc.constantFrom(
  ...Array.from({ length: 6 }, () => ({ ...group, acceptedOfficers: [{ id: 'lv:o1' }] })),
  { ...group, acceptedOfficers: [], cancelledOn: '2010-02-01' },
  away,
);

/**
 * A refusal as a batch says it: with the place of its item.
 * @param common the arguments that are not the item’s
 */
function placed(refusal: Refusal | undefined, list: string, common: readonly string[]): Refusal {
  if (!refusal) return null;
  const own = Object.fromEntries(fields.map((field) => [field, refusal[field] ?? null]));
  const argument = String(refusal['argument'] ?? '');
  const isOfItem = argument !== '' && !common.includes(argument);
  return isOfItem ? { ...own, argument: argument.replace('input', `input.${list}`) } : own;
}

const refusalsOf = (value: unknown): Refusal[] =>
  (value as { results: { refusal: Refusal }[] }).results.map(({ refusal }) => refusal);

describe.each(bothDatabases)('Mutations of several on $name', (database) => {
  const numRuns = database.name === 'SQLite' ? 60 : 12;

  it('record formalities as those of one do, in the same order, whatever is drawn', async () => {
    await using together = await open(database);
    await using oneByOne = await open(database);
    const formality = fc.record({
      delegate: fc.constantFrom('ncm:d1', 'ncm:d2', 'ncm:d1', 'ncm:d2', ...people),
      kind: fc.constantFrom('VISA', 'TICKET'),
      status: fc.constantFrom('REQUESTED', 'RECEIVED', 'NOT_NEEDED'),
      on: fc.constantFrom('2010-03-01', '2010-04-02', '2008-12-31'),
      version: fc.constantFrom(null, null, null, 0, 1, 2),
    });
    const batch = fc.uniqueArray(formality, {
      minLength: 1,
      maxLength: 6,
      selector: ({ delegate, kind }) => `${delegate} ${kind}`,
    });
    const stateOf = ({ partner }: WrittenOffices) =>
      partner.source.manager.find(DelegateFormality, { order: { delegateId: 'ASC', kind: 'ASC' } });
    let written = 0;
    for (const [formalities, fact] of fc.sample(fc.tuple(batch, facts), { numRuns, seed: 32 })) {
      for (const { hub } of [together, oneByOne]) hub.set('nbnp:g', fact);
      const each: Refusal[] = [];
      for (const [place, one] of formalities.entries()) {
        const input = { ...one, group: 'nbnp:g' };
        const { refusal } = await oneByOne.call('recordDelegateFormality', input);
        each.push(placed(refusal, `formalities.${place}`, ['input.group']));
      }
      const input = { group: 'nbnp:g', formalities };
      const all = await together.call('recordDelegateFormalities', input, `results { ${refused} }`);
      // What concerns the group refuses all.
      if (all.refusal) expect(each, 'what concerns the group').not.toContain(null);
      else expect(refusalsOf(all.value), JSON.stringify(formalities)).toEqual(each);
      expect(await stateOf(together)).toEqual(await stateOf(oneByOne));
      written += each.filter((refusal) => refusal === null).length;
    }
    expect(written).toBeGreaterThan(numRuns / 4);
  });

  it('record who came as one by one, whatever is drawn', async () => {
    await using together = await open(database);
    await using oneByOne = await open(database);
    const stateOf = async ({ partner }: WrittenOffices) => {
      const [meeting] = await partner.source.manager.find(GroupMeeting);
      if (!meeting) throw new Error('There is a briefing.');
      return meeting;
    };
    const came = fc.uniqueArray(fc.tuple(fc.constantFrom(...people), fc.boolean()), {
      minLength: 1,
      selector: ([person]) => person,
    });
    let written = 0;
    for (const [drawn, fact] of fc.sample(fc.tuple(came, facts), { numRuns, seed: 33 })) {
      for (const { hub } of [together, oneByOne]) hub.set('nbnp:g', fact);
      // Those who came stand before those who did not.
      const attended = drawn.toSorted(([, one], [, other]) => Number(other) - Number(one));
      const each: Refusal[] = [];
      const listOf = (isPresent: boolean) => (isPresent ? 'present' : 'absent');
      const places = { present: 0, absent: 0 };
      const record = async (
        offices: WrittenOffices,
        lists: { readonly present?: readonly string[]; readonly absent?: readonly string[] },
      ) => {
        const { version: meetingVersion } = await stateOf(offices);
        const input = { group: 'nbnp:g', kind: 'BRIEFING', meetingVersion, ...lists };
        return offices.call('recordDelegatesAttendance', input, `results { ${refused} }`);
      };
      for (const [person, isPresent] of attended) {
        const list = listOf(isPresent);
        const { value, refusal } = await record(oneByOne, { [list]: [person] });
        const [own = null] = refusal ? [refusal] : refusalsOf(value);
        const place = `input.${list}.${places[list]++}`;
        const argument = String(own?.['argument'] ?? '').replace(
          /input\.(present|absent)\.0/,
          place,
        );
        each.push(own && { ...own, argument: argument || null });
      }
      const of = (isWanted: boolean) =>
        attended.flatMap(([person, isPresent]) => (isPresent === isWanted ? person : []));
      const all = await record(together, { present: of(true), absent: of(false) });
      if (all.refusal) expect(each, 'what concerns the group').not.toContain(null);
      else expect(refusalsOf(all.value), JSON.stringify(attended)).toEqual(each);
      const attendees = [together, oneByOne].map(
        async (offices) => (await stateOf(offices)).attendees,
      );
      const [one, other] = await Promise.all(attendees);
      expect(one?.toSorted()).toEqual(other?.toSorted());
      written += each.filter((refusal) => refusal === null).length;
    }
    expect(written).toBeGreaterThan(numRuns / 4);
  });
});
