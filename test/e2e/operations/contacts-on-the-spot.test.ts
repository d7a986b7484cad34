import 'reflect-metadata';

import { HubError } from '@hub/shared/errors';
import { openPartner, type Partner } from '@hub/shared/partner';
import { usualRetention } from '@hub/shared/records';
import { silentLogger } from '@hub/shared/system';
import {
  bothDatabases,
  createFactsHub,
  readerOf,
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
}

const hostingColumns = ['contact_on_the_spot', 'emergency_contact'];
const owners: readonly Owner[] = [
  { definition: police, code: 'fi', table: 'hostings', columns: hostingColumns },
  { definition: offices, code: 'ncm', table: 'regional_hostings', columns: hostingColumns },
  {
    definition: network,
    code: 'nbnp',
    table: 'itinerary_stops',
    columns: ['contact_on_the_spot'],
  },
];

const ahead = { returnedOn: null, cancelledOn: null, group: { cancelledOn: null } };

/** A partner of the demonstration that has named whom to call during each visit. */
async function openOwner({ definition, code, table, columns }: Owner, kind: TestDatabaseKind) {
  const database = await kind.create();
  const state = { fact: ahead as Readonly<Record<string, unknown>> | null | undefined };
  const { askHub, asked } = createFactsHub((field) => {
    // So the hub responds to a server whose clock is another one, too.
    if (state.fact === undefined) throw new HubError('UNAUTHENTICATED');
    return field === 'visit' ? state.fact : null;
  });
  const server = await openPartner(definition, {
    partner: code,
    databaseUrl: database.url,
    content: 'demonstration',
    logger: silentLogger,
    authenticate: () => Promise.resolve({ reader: readerOf(code, 'coordinator') }),
    askHub,
  });
  const { source } = server;
  const named = columns.map((column) => `"${column}" = 'Ossi, +358 40 000'`).join(', ');
  await source.query(`UPDATE "${table}" SET ${named}`);
  const run = (day: string) => {
    const clock = () => new Date(`${day}T12:00:00Z`);
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
    async left() {
      const rows = await source.query<object[]>(
        `SELECT ${columns.map((column) => `"${column}"`).join(', ')} FROM "${table}"`,
      );
      return rows.flatMap((row) => Object.values(row)).filter((value) => value !== null).length;
    },
    async [Symbol.asyncDispose]() {
      await server.close();
      await database[Symbol.asyncDispose]();
    },
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

  it.each(owners)('is asked about once a day by $code', async (owner) => {
    await using open = await openOwner(owner, kind);
    await open.runOn('2030-05-01');
    const asked = open.asked();
    expect(asked).toBeGreaterThan(0);
    await open.runAgain('2030-05-01');
    expect(open.asked()).toBe(asked);
  });
});
