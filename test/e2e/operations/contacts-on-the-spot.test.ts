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
  const state = { fact: ahead as Readonly<Record<string, unknown>> | undefined };
  const { askHub } = createFactsHub((field) => {
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
  return {
    state,
    source,
    async runOn(day: string) {
      const clock = () => new Date(`${day}T12:00:00Z`);
      const context = { partner: code, source, clock, askHub, retention: usualRetention };
      return definition.chore?.(context);
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
  it.each(owners)('is erased two years after the return at $code', async (owner) => {
    await using open = await openOwner(owner, kind);
    const all = await open.left();
    expect(all).toBeGreaterThan(0);
    // 730 days after 1 May 2030 are 30 April 2032.
    open.state.fact = { ...ahead, returnedOn: '2030-05-01' };
    await open.runOn('2032-04-29');
    expect(await open.left()).toBe(all);
    await open.runOn('2032-04-30');
    expect(await open.left()).toBe(0);
  });

  it.each(owners)('is erased two years after its group was cancelled at $code', async (owner) => {
    await using open = await openOwner(owner, kind);
    // The visits of a cancelled group have no day of their own.
    open.state.fact = { ...ahead, group: { cancelledOn: '2030-05-01' } };
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
    open.state.fact = { ...ahead, cancelledOn: '2030-05-01' };
    await open.runOn('2032-04-30');
    expect(await open.left()).toBe(0);
  });
});
