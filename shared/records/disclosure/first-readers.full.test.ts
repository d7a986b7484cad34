import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { DatabaseMark } from '../../database/database-mark.entity.js';
import { writerOf } from '../../database/sqlite/connections.js';
import { anonymous, type Reader } from '../../identity/reader.js';
import { AddLogsBegun1764000006000 } from '../../storage/add-logs-begun.migration.js';
import { CreateDatabaseMark1764000005000 } from '../../storage/create-database-mark.migration.js';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { createDisposableStack } from '../../testing/disposable-stack.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { countStatements } from '../../testing/statements.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { recordChanges } from '../changes/record-writes.js';
import { disclosureMigrations } from './disclosure-migrations.js';
import { readDisclosures } from './read-disclosures.js';
import { recordDisclosures } from './record.js';

const person = (organisation: string, subject: string): Reader => ({
  kind: 'person',
  organisation,
  subject,
  role: 'coordinator',
  purpose: undefined,
});
const at = new Date('2026-11-24T12:00:00Z');
const anna = person('no', 'anna');

async function openRecord({ create }: TestDatabaseKind) {
  const stack = createDisposableStack();
  const database = stack.use(await create());
  /** As a process that has just started opens it. */
  const open = async () => {
    const source = await openDatabase({
      url: database.url,
      entities: [...disclosureEntities, DatabaseMark],
      migrations: [
        ...disclosureMigrations,
        CreateDatabaseMark1764000005000,
        AddLogsBegun1764000006000,
      ],
    });
    stack.use({ [Symbol.asyncDispose]: () => source.destroy() });
    return source;
  };
  const source = await open();
  const read = (reader: Reader, into = source, operationName: string | null = null) => {
    const readings = [{ type: 'Officer', fields: ['name'], records: 1 }];
    return recordDisclosures({ source: into, reader, operationName, readings, at });
  };
  return { source, open, read, [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose]() };
}

/** How the database finds the readings of somebody, by the statement that it has just run. */
async function explain(source: DataSource, run: () => Promise<unknown>): Promise<string> {
  using counted = countStatements(source);
  await run();
  const asked = counted.statements.find((text) => text.includes('substr(')) ?? '';
  const text = asked.replaceAll(/\?|\$\d+/g, "'1'");
  const isSqlite = source.options.type === 'sqlite';
  return await source.transaction(async (manager) => {
    // Three rows are always read whole. cspell:disable-next-line
    if (!isSqlite) await manager.query('SET LOCAL enable_seqscan = off');
    const rows = await manager.query(`EXPLAIN ${isSqlite ? 'QUERY PLAN ' : ''}${text}`);
    return JSON.stringify(rows);
  });
}

describe.each(bothDatabases)('the first reading of a person, on $name', (kind) => {
  it('is told once, whatever she and others have done before', async () => {
    await using record = await openRecord(kind);
    const { read } = record;
    // A change is no reading.
    const by = { organisation: 'no', person: 'anna', mutation: 'grantLoan', reason: null };
    const records = [{ subject: 'no:1', fields: ['name'] }];
    await record.source.transaction((manager) => recordChanges(manager, { ...by, at, records }));
    expect(await read(anna)).toBe(true);
    expect(await read(anna)).toBe(false);
    expect(await read({ ...anna, role: 'liaison' } as Reader)).toBe(false);
    const others = ['ann', 'anna"', 'ÅÅ', '🦊', 'a'.repeat(255), `${'a'.repeat(254)}b`];
    for (const other of [person('se', 'anna'), ...others.map((name) => person('no', name))])
      expect(await read(other)).toBe(true);
    const restarted = await record.open();
    for (const name of ['anna', ...others])
      expect(await read(person('no', name), restarted, 'Again'), name).toBe(false);
    expect(await read(person('no', 'ann%'), restarted)).toBe(true);
  });

  it('is told once if several requests come at once', async () => {
    await using record = await openRecord(kind);
    const other = await record.open();
    const asked = [1, 2, 3].flatMap((number) => [
      record.read(anna, record.source, `Page${number}`),
      record.read(anna, other, `Page${number}`),
    ]);
    expect((await Promise.all(asked)).filter((isFirst) => isFirst)).toHaveLength(1);
  });

  it('is told by the recording that succeeds, after one that failed', async () => {
    await using record = await openRecord(kind);
    await record.source.query('ALTER TABLE "disclosure_readings" RENAME TO "moved"');
    await expect(record.read(anna)).rejects.toThrow();
    await record.source.query('ALTER TABLE "moved" RENAME TO "disclosure_readings"');
    expect(await record.read(anna)).toBe(true);
  });

  it('is not one of servers and anonymous callers', async () => {
    await using record = await openRecord(kind);
    for (const reader of [anonymous, readerOf('no', 'service')])
      expect(await record.read(reader)).toBe(false);
  });

  it('is found without reading the record', async () => {
    await using record = await openRecord(kind);
    await record.read(anna);
    const isSqlite = record.source.options.type === 'sqlite';
    const writer = isSqlite ? await writerOf(record.source) : record.source;
    const plan = await explain(writer, () => record.read(person('no', 'bo')));
    expect(plan).toContain('ix_disclosure_texts_beginning');
    expect(plan).toContain('ix_disclosure_readings_reader');
    expect(plan).not.toMatch(/SCAN|Seq Scan/);
  });
});

describe.each(bothDatabases)('what an organisation has read elsewhere, on $name', (kind) => {
  it('is found without reading the rest of the record', async () => {
    await using record = await openRecord(kind);
    await record.source.manager.insert(DatabaseMark, {
      id: 'mark',
      partner: 'fi',
      createdAt: '2026',
    });
    for (const reader of [anna, person('se', 'bo')]) await record.read(reader);
    const auditor = readerOf('no', 'auditor');
    const read = (period = {}) =>
      readDisclosures({ source: record.source, partner: 'fi', reader: auditor }, {}, period);
    expect((await read()).nodes.map(({ reader }) => reader)).toEqual(['anna']);
    const day = { from: '2026-11-24T00:00:00Z', to: '2026-11-24T23:59:59Z' };
    expect((await read(day)).nodes.map(({ reader }) => reader)).toEqual(['anna']);
    expect((await read({ from: '2026-11-25T00:00:00Z' })).nodes).toEqual([]);
    const plan = await explain(record.source, read);
    expect(plan).toContain('ix_disclosure_texts_beginning');
    expect(plan).toContain('ix_disclosure_readings_reader');
    expect(plan).not.toMatch(/SCAN|Seq Scan/);
  });
});
