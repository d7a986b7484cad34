import 'reflect-metadata';

import { HubError } from '@hub/shared/errors';
import type { Partner } from '@hub/shared/partner';
import { usualRetention } from '@hub/shared/records';
import {
  bothDatabases,
  createFactsHub,
  openTestPartner,
  type TestDatabaseKind,
} from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { definition as police } from '../../../subgraphs/national-police/partner.js';
import { definition as network } from '../../../subgraphs/nbnp/partner.js';
import { definition as offices } from '../../../subgraphs/ncm-offices/partner.js';

interface Owner {
  readonly definition: Partner;
  readonly code: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** Its list of what is due, that of what is held, and the mutation that holds. */
  readonly names: readonly [due: string, holds: string, hold: string];
}

const hostingColumns = ['contact_on_the_spot', 'emergency_contact'];
const owners: readonly Owner[] = [
  {
    definition: police,
    code: 'fi',
    table: 'hostings',
    columns: hostingColumns,
    names: [
      'policeRetention(country: "FI", first: 1000)',
      'policeHolds(country: "FI")',
      'holdPoliceData',
    ],
  },
  {
    definition: offices,
    code: 'ncm',
    table: 'regional_hostings',
    columns: hostingColumns,
    names: ['officeRetention(first: 1000)', 'officeHolds', 'holdDelegateData'],
  },
  {
    definition: network,
    code: 'nbnp',
    table: 'itinerary_stops',
    columns: ['contact_on_the_spot'],
    names: ['networkRetention(first: 1000)', 'networkHolds', 'holdNetworkData'],
  },
];

interface Listed {
  readonly person: string;
  readonly visit: string | null;
}

const ahead = { returnedOn: null, cancelledOn: null, group: { cancelledOn: null } };

/** A partner of the demonstration that has named whom to call during each visit. */
async function openOwner(owner: Owner, kind: TestDatabaseKind) {
  const { definition, code, table, columns } = owner;
  const [due, holds, hold] = owner.names;
  const state = {
    day: '2030-05-01',
    fact: ahead as Readonly<Record<string, unknown>> | null | undefined,
  };
  const { askHub, asked } = createFactsHub((field) => {
    // So the hub responds to a server whose clock is another one, too.
    if (state.fact === undefined) throw new HubError('UNAUTHENTICATED');
    return field === 'visit' ? state.fact : null;
  });
  const clock = () => new Date(`${state.day}T12:00:00Z`);
  const server = await openTestPartner(definition, kind, {
    partner: code,
    content: 'demonstration',
    clock,
    askHub,
  });
  const { source } = server;
  const named = columns.map((column) => `"${column}" = 'Ossi, +358 40 000'`).join(', ');
  await source.query(`UPDATE "${table}" SET ${named}`);
  const run = (day: string) => {
    state.day = day;
    const context = { partner: code, source, clock, askHub, retention: usualRetention };
    return definition.chore?.(context);
  };
  return {
    state,
    asked: () => asked.flat().filter((one) => one.startsWith('visit ')).length,
    runAgain: run,
    /** Runs on the day before too, so that the clock is believed. */
    async runOn(day: string) {
      await run(new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10));
      return run(day);
    },
    /** On which days co-ordinators were told of which. */
    async notices() {
      const rows = await source.query<{ noticed_on: string; due_on: string }[]>(
        `SELECT DISTINCT "noticed_on", "due_on" FROM "retention_notices"
          WHERE "noticed_on" IS NOT NULL AND "person" IN (SELECT "id" FROM "${table}")`,
      );
      return rows.map((row) => `${row.noticed_on} ${row.due_on}`);
    },
    /** What co-ordinators read of it. */
    async listed() {
      const held = 'reason until visit';
      const read = await server.read<
        Record<'due' | 'held', { nodes: Listed[]; totalCount?: number }>
      >(
        `{ due: ${due} { nodes { person kind visit hold { reason } } }
           held: ${holds} { totalCount nodes { person ${held} } } }`,
      );
      // Those of people are not of these rows.
      const ofVisits = read.due.nodes.filter(({ visit }) => visit !== null);
      return { due: ofVisits, held: read.held };
    },
    hold: (input: object) =>
      server.read(
        `mutation ($input: HoldPersonalDataInput!) { ${hold}(input: $input) { version visit } }`,
        { input },
      ),
    visitOf: async (person: string) => {
      const rows = await source.query<{ id: string; visit_id: string }[]>(
        `SELECT "id", "visit_id" FROM "${table}"`,
      );
      return rows.find(({ id }) => id === person)?.visit_id;
    },
    /** Somebody else’s number was removed by hand. */
    async forget() {
      await source.query(
        `UPDATE "${table}" SET ${columns.map((column) => `"${column}" = NULL`).join(', ')}`,
      );
    },
    reasons: async () =>
      (await source.query<{ reason: string }[]>(`SELECT "reason" FROM "retention_holds"`)).map(
        ({ reason }) => reason,
      ),
    async left() {
      const rows = await source.query<object[]>(
        `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${table}"`,
      );
      return rows.flatMap((row) => Object.values(row)).filter((value) => value !== null).length;
    },
    [Symbol.asyncDispose]: server[Symbol.asyncDispose],
  };
}

describe.each(bothDatabases)('whom to call during a visit on $name', (kind) => {
  it.each(owners)(
    'is erased two years after the return, and after a notice, at $code',
    async (owner) => {
      await using open = await openOwner(owner, kind);
      const all = await open.left();
      expect(all).toBeGreaterThan(0);
      // 730 days after 1 May 2030 are 30 April 2032. 30 days before that is 31 March.
      open.state.fact = { ...ahead, returnedOn: '2030-05-01' };
      await open.runOn('2032-03-30');
      expect(await open.notices()).toEqual([]);
      await open.runOn('2032-03-31');
      expect(await open.notices()).toEqual(['2032-03-31 2032-04-30']);
      await open.runOn('2032-04-29');
      expect(await open.left()).toBe(all);
      await open.runOn('2032-04-30');
      expect(await open.left()).toBe(0);
      expect(await open.notices()).toEqual([]);
    },
  );

  it.each(owners)('is erased two years after its group was cancelled at $code', async (owner) => {
    await using open = await openOwner(owner, kind);
    // The visits of a cancelled group have no day of their own.
    open.state.fact = { ...ahead, group: { cancelledOn: '2030-05-01' } };
    await open.runOn('2032-03-31');
    await open.runOn('2032-04-29');
    expect(await open.left()).toBeGreaterThan(0);
    await open.runOn('2032-04-30');
    expect(await open.left()).toBe(0);
  });

  it.each(owners)('stays at $code while nobody can say that the visit is over', async (owner) => {
    await using open = await openOwner(owner, kind);
    const all = await open.left();
    await open.runOn('2040-01-01');
    open.state.fact = undefined;
    expect(await open.runOn('2040-01-02')).toBe(false);
    expect(await open.left()).toBe(all);
    // Nothing goes without the notice, however old it is.
    open.state.fact = { ...ahead, cancelledOn: '2030-05-01' };
    await open.runOn('2040-01-03');
    await open.runOn('2040-01-31');
    expect(await open.left()).toBe(all);
    await open.runOn('2040-02-02');
    expect(await open.left()).toBe(0);
  });

  it.each(owners)(
    'is erased at $code two years after the visit was not found any more',
    async (owner) => {
      await using open = await openOwner(owner, kind);
      open.state.fact = null;
      await open.runOn('2030-05-02');
      const all = await open.left();
      await open.runOn('2032-04-01');
      await open.runOn('2032-04-29');
      expect(await open.left()).toBe(all);
      await open.runOn('2032-04-30');
      expect(await open.left()).toBe(0);
    },
  );

  it.each(owners)(
    'stays at $code if its co-ordinator answers the notice with a hold',
    async (owner) => {
      await using open = await openOwner(owner, kind);
      open.state.fact = { ...ahead, returnedOn: '2030-05-01' };
      await open.runOn('2032-03-31');
      const [notice] = (await open.listed()).due;
      const person = notice?.person ?? '';
      const visit = await open.visitOf(person);
      expect(notice).toEqual({ person, kind: 'CONTACTS', visit, hold: null });
      const reason = 'A claim is open.';
      const until = '2032-06-30';
      expect(await open.hold({ person, reason, until })).toEqual({
        [owner.names[2]]: { version: 1, visit },
      });
      expect((await open.listed()).held).toEqual({
        totalCount: 1,
        nodes: [{ person, reason, until, visit }],
      });
      await open.runOn('2032-04-30');
      expect(await open.left()).toBe(owner.columns.length);
      const { due } = await open.listed();
      expect(due).toEqual([{ person, kind: 'CONTACTS', visit, hold: { reason } }]);
      await open.runOn('2032-07-01');
      expect(await open.left()).toBe(0);
      expect((await open.listed()).held).toEqual({ totalCount: 0, nodes: [] });
      // Its reason may be about somebody, so it goes too.
      await open.runOn('2032-07-02');
      expect(await open.reasons()).toEqual([]);
    },
  );

  it.each(owners)('leaves no notice at $code of what somebody has removed', async (owner) => {
    await using open = await openOwner(owner, kind);
    open.state.fact = { ...ahead, returnedOn: '2030-05-01' };
    await open.runOn('2032-03-31');
    expect(await open.notices()).toHaveLength(1);
    await open.forget();
    await open.runOn('2032-04-01');
    expect(await open.notices()).toEqual([]);
  });

  it.each(owners)('leaves no notice at $code of a visit that is ahead again', async (owner) => {
    await using open = await openOwner(owner, kind);
    open.state.fact = { ...ahead, returnedOn: '2030-05-01' };
    await open.runOn('2032-03-31');
    open.state.fact = ahead;
    await open.runOn('2032-05-01');
    expect(await open.notices()).toEqual([]);
    expect((await open.listed()).due).toEqual([]);
  });

  it.each(owners)('is asked about once a day by $code', async (owner) => {
    await using open = await openOwner(owner, kind);
    await open.runOn('2030-05-01');
    const asked = open.asked();
    expect(asked).toBeGreaterThan(0);
    await open.runAgain('2030-05-01');
    expect(open.asked()).toBe(asked);
  });
});
