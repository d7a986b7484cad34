import { HubError } from '@hub/shared/errors';
import {
  bothDatabases,
  createFactsHub,
  readerOf,
  statementsOf,
  type TestResponse,
} from '@hub/shared/testing';
import { In, type DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { openTestOffices } from '../testing/test-partner.js';

const anonymous = { kind: 'anonymous' } as const;
const insider = readerOf('ncm', 'auditor');

const count = '{ value atLeast atMost }';
const query = `query ($filter: DelegateStatisticsFilter) { delegateStatistics(filter: $filter) {
  id country targetGroup nominated ${count} members ${count} reportsReceived ${count} reportsExpected ${count} } }`;

const numbersTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

const exactly = (value: number) => ({ value, atLeast: value, atMost: value });
const few = { value: null, atLeast: 0, atMost: 4 };

interface Row {
  readonly id: string;
  readonly country: string;
  readonly nominated: { readonly value: number | null };
  readonly members: { readonly value: number | null };
  readonly reportsReceived: { readonly value: number | null };
  readonly reportsExpected: { readonly value: number | null } | null;
}

const rowsOf = ({ data }: TestResponse): Row[] => data?.['delegateStatistics'] as Row[];
const codesOf = ({ errors = [] }: TestResponse) => errors.map(({ extensions }) => extensions.code);
const valuesOf = (answer: TestResponse, column: Exclude<keyof Row, 'id' | 'country'>) =>
  rowsOf(answer).map((row) => row[column]?.value);

/**
 * The demonstration’s delegates by target group, in the order of their names. Groups 1 and 5 have 12
 * and 10 members; group 5 also has a reserve of the police and a judge who is not decided.
 */
const travelling = [1, 2, 1, 6, 2];
const members = [1 + 1, 2 + 1, 1 + 1, 6 + 5, 2 + 2];
const nominated = [2, 3 + 1, 2, 11 + 1, 4];

/** The first group has set out, and no other. */
const { askHub } = createFactsHub((_, id) => ({
  visits: [{ departedOn: id === 'nbnp:demo-group-1' ? '2026-11-22' : null }],
}));

/** Makes the demonstration’s delegates real, because only real people are counted. */
async function makeReal({ manager }: DataSource): Promise<void> {
  await manager.createQueryBuilder().update(Delegate).set({ isRehearsal: false }).execute();
}

/** Makes so many nominated delegates of the police Latvians, whom no region is known for. */
async function sendLatvians({ manager }: DataSource, count: number): Promise<void> {
  const nominees = await manager.find(DelegateNomination, { order: { delegateId: 'ASC' } });
  const police = await manager.find(Delegate, {
    where: { targetGroup: 'POLICE', id: In(nominees.map(({ delegateId }) => delegateId)) },
    order: { id: 'ASC' },
  });
  for (const { id } of police.slice(0, count))
    await manager.update(Delegate, id, { country: 'LV', regionCode: null });
}

describe.each(bothDatabases)('delegateStatistics on $name', (kind) => {
  const open = () => openTestOffices(kind, 'demonstration', { askHub, prepare: makeReal });

  it('counts the delegates of each target group: nominated, selected, and their reports', async () => {
    await using offices = await open();
    await offices.source.getRepository(ParticipantReport).insert({
      id: 'ncm:report',
      delegateId: 'ncm:demo-delegate-1',
      groupId: 'nbnp:demo-group-1',
      visitId: 'nbnp:demo-visit-1',
      receivedOn: '2026-12-01',
    });
    const answer = await offices.ask(query, {}, insider);
    expect(rowsOf(answer).map(({ id }) => id)).toEqual(
      ['BORDER_CONTROL', 'COURT', 'CUSTOMS', 'POLICE', 'PROSECUTION'].map((key) => `ncm:${key}`),
    );
    expect(valuesOf(answer, 'nominated')).toEqual(nominated);
    expect(valuesOf(answer, 'members')).toEqual(members);
    expect(valuesOf(answer, 'reportsReceived')).toEqual([0, 0, 0, 1, 0]);
    expect(valuesOf(answer, 'reportsExpected')).toEqual(travelling);
  });

  it('expects no report from a member who travelled on no visit, and counts no reserve', async () => {
    const visit = { id: 'nbnp:v', startsOn: '2026-11-22', departedOn: '2026-11-22' };
    const delegate = { participant: { id: 'ncm:demo-delegate-1' }, visit: { id: visit.id } };
    const hub = createFactsHub((_, id) =>
      id === 'nbnp:demo-group-1'
        ? {
            visits: [{ ...visit, cancelledOn: null }],
            absences: [{ ...delegate, from: '2026-11-22' }],
          }
        : { visits: [], absences: [] },
    );
    await using offices = await openTestOffices(kind, 'demonstration', {
      askHub: hub.askHub,
      prepare: makeReal,
    });
    const reserve = { reserve: true };
    await offices.source
      .getRepository(DelegateNomination)
      .update('ncm:demo-nomination-1-2', reserve);
    const answer = await offices.ask(query, {}, insider);
    expect(valuesOf(answer, 'nominated')).toEqual(nominated);
    expect(valuesOf(answer, 'members')).toEqual(members.with(3, 10));
    expect(valuesOf(answer, 'reportsExpected')).toEqual([1, 2, 1, 4, 2]);
  });

  it('does not count declined or withdrawn nominees, and counts a person with two nominations once', async () => {
    await using offices = await open();
    const pending = {
      groupId: 'nbnp:demo-group-3',
      nominatedOn: '2026-10-01',
      status: 'PENDING',
      version: 1,
    } as const;
    await offices.source.getRepository(DelegateNomination).insert([
      { ...pending, id: 'ncm:again', delegateId: 'ncm:demo-delegate-5' },
      // Of the customs.
      { ...pending, id: 'ncm:new', delegateId: 'ncm:demo-delegate-28' },
    ]);
    const answer = await offices.ask(query, {}, insider);
    expect(valuesOf(answer, 'nominated')).toEqual(nominated.with(2, 3));
    expect(valuesOf(answer, 'members')).toEqual(members);
  });

  it('counts the delegates of an office, a region or selected groups', async () => {
    await using offices = await open();
    const membersOf = async (filter: object) =>
      valuesOf(await offices.ask(query, { filter }, insider), 'members').reduce<number>(
        (sum, value) => sum + (value ?? 0),
        0,
      );
    expect(await membersOf({ office: 'ncm:led' })).toBe(12 + 8);
    expect(await membersOf({ office: 'ncm:kgd' })).toBe(2);
    expect(await membersOf({ groups: ['nbnp:demo-group-1'] })).toBe(12);
    expect(await membersOf({ groups: ['nbnp:demo-group-3', '\0'] })).toBe(0);
    const { data } = await offices.ask('{ regions { code } }');
    const codes = (data?.['regions'] as { code: string }[]).map(({ code }) => code);
    const byRegion = await Promise.all(codes.map((region) => membersOf({ region })));
    expect(byRegion.reduce((sum, inRegion) => sum + inRegion, 0)).toBe(12 + 10);
    const ids = Array.from({ length: 1_001 }, (_, index) => `nbnp:${index}`);
    expect(codesOf(await offices.ask(query, { filter: { groups: ids } }))).toEqual([
      'BAD_USER_INPUT',
    ]);
  });

  it('has its own counts while the network is unavailable, and errors for the others', async () => {
    const away = createFactsHub(() => {
      throw new HubError('PARTNER_UNAVAILABLE', { partner: 'nbnp' });
    });
    await using offices = await openTestOffices(kind, 'demonstration', {
      askHub: away.askHub,
      prepare: makeReal,
    });
    const answer = await offices.ask(query, {}, insider);
    expect(valuesOf(answer, 'members')).toEqual(members);
    expect(rowsOf(answer).map(({ reportsExpected }) => reportsExpected)).toEqual(
      Array.from({ length: 5 }, () => null),
    );
    expect(answer.errors?.[0]).toMatchObject({
      path: ['delegateStatistics', 0, 'reportsExpected'],
      extensions: { code: 'PARTNER_UNAVAILABLE' },
    });
  });

  it('takes one statement for each column, and two for the countries', async () => {
    await using offices = await open();
    const statements = () => statementsOf(offices.source, () => offices.ask(query, {}, insider));
    expect(await statements()).toBe(4 + 2);
    await sendLatvians(offices.source, 3);
    expect(await statements()).toBe(4 + 2);
  });

  it('withholds small counts from anonymous callers', async () => {
    await using offices = await open();
    const answer = await offices.ask(query, {}, anonymous);
    expect(answer.errors).toBeUndefined();
    expect(rowsOf(answer).map(({ nominated }) => nominated)).toEqual([
      few,
      few,
      few,
      exactly(12),
      few,
    ]);
    // One of twelve may be missing. The counts must not show whether somebody is.
    const many = { value: null, atLeast: 5, atMost: null };
    expect(rowsOf(answer).map(({ members }) => members)).toEqual([few, few, few, many, few]);
  });

  it('returns the same to anonymous callers before a group sets out, while it travels, and when it has reported', async () => {
    const visit = {
      endsOn: '2026-11-27',
      departedOn: null as string | null,
      returnedOn: null as string | null,
    };
    const hub = createFactsHub(() => ({ visits: [visit] }));
    const clock = { now: new Date('2026-11-24T12:00:00Z') };
    await using offices = await openTestOffices(kind, 'demonstration', {
      prepare: makeReal,
      askHub: hub.askHub,
      clock: () => clock.now,
    });
    const ask = async () => {
      // A minute later, so that the cache is empty.
      clock.now = new Date(clock.now.getTime() + 61_000);
      return offices.ask(query, {}, anonymous);
    };
    const before = await ask();
    visit.departedOn = '2026-11-22';
    expect(await ask()).toEqual(before);
    await offices.source.getRepository(ParticipantReport).insert(
      numbersTo(12).map((number) => ({
        id: `ncm:report-${number}`,
        delegateId: `ncm:demo-delegate-${number}`,
        groupId: 'nbnp:demo-group-1',
        visitId: 'nbnp:demo-visit-1',
        receivedOn: '2026-11-24',
      })),
    );
    expect(await ask()).toEqual(before);
    clock.now = new Date('2026-11-28T12:00:00Z');
    expect(await ask()).toEqual(before);
    visit.returnedOn = '2026-11-27';
    // Six of twelve nominees: neither those who reported nor the others are few.
    const many = { value: null, atLeast: 5, atMost: null };
    expect(rowsOf(await ask())[3]).toMatchObject({
      reportsReceived: exactly(6),
      reportsExpected: many,
    });
    expect(rowsOf(before)[3]).toMatchObject({
      reportsReceived: few,
      reportsExpected: { value: null, atLeast: 0, atMost: null },
    });
  });

  it('counts the delegates of another country apart, once somebody may see the counts', async () => {
    await using offices = await open();
    const others = (answer: TestResponse) => rowsOf(answer).slice(5);
    const before = await offices.ask(query, {}, anonymous);
    await sendLatvians(offices.source, 3);
    const asked = await offices.ask(query, {}, insider);
    expect(others(asked).map(({ id, country }) => [id, country])).toEqual(
      rowsOf(asked)
        .slice(0, 5)
        .map(({ id }) => [id.replace('ncm:', 'ncm:LV:'), 'LV']),
    );
    expect(valuesOf(asked, 'nominated')[3]).toBe(nominated[3]! - 3);
    expect(others(asked).map((row) => row.nominated.value)).toEqual([0, 0, 0, 3, 0]);
    const filter = { country: 'LV' };
    expect(rowsOf(await offices.ask(query, { filter }, insider))).toEqual(others(asked));
    const few = await offices.ask(query, {}, anonymous);
    expect(others(few)).toEqual([]);
    expect(rowsOf(few)).toHaveLength(rowsOf(before).length);
    await sendLatvians(offices.source, 6);
    const many = others(await offices.ask(query, {}, anonymous));
    expect(many.map(({ id, nominated: shown }) => [id, shown.value])).toEqual([
      ['ncm:LV:POLICE', 6],
    ]);
    expect(codesOf(await offices.ask(query, { filter }, anonymous))).toEqual(['FORBIDDEN']);
  });

  it('uses the offices’ threshold for small counts', async () => {
    const membersAt = async (countThreshold: number) => {
      await using offices = await openTestOffices(kind, 'demonstration', {
        prepare: makeReal,
        askHub,
        countThreshold,
      });
      return valuesOf(await offices.ask(query, {}, anonymous), 'members');
    };
    expect(await membersAt(1)).toEqual(members);
    expect(await membersAt(12)).toEqual([null, null, null, null, null]);
  });

  it('does not let callers select people whom they may not see', async () => {
    await using offices = await open();
    const filters = [
      { office: 'ncm:led' },
      { region: 'RU-SPE' },
      { groups: ['nbnp:demo-group-1'] },
    ];
    for (const filter of filters)
      for (const reader of [anonymous, readerOf('ncm', 'analyst'), readerOf('fi', 'coordinator')]) {
        const answer = await offices.ask(query, { filter }, reader);
        expect.soft(answer.data).toEqual({ delegateStatistics: null });
        expect.soft(codesOf(answer)).toEqual(['FORBIDDEN']);
      }
  });
});
