import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { writerOf } from '../../database/sqlite/connections.js';
import { anonymous } from '../../identity/reader.js';
import { testDatabases } from '../../testing/databases.js';
import { countStatements } from '../../testing/statements.js';
import { readHead } from '../chain/append-rows.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { closePeriod } from './close-period.js';
import { disclosureMigrations } from './disclosure-migrations.js';
import type { DisclosureNote } from './disclosure-note.js';
import { recordDisclosures } from './record.js';
import { verifyDisclosures } from './verify.js';

interface OpenRecord extends AsyncDisposable {
  readonly source: DataSource;
  readonly openAgain: () => Promise<DataSource>;
  readonly append: (readings: DisclosureNote['readings'], source?: DataSource) => Promise<unknown>;
}

/** A record in a SQLite database. */
async function openRecord(): Promise<OpenRecord> {
  const [sqlite] = testDatabases;
  if (!sqlite) throw new Error('SQLite is always available.');
  const database = await sqlite.create();
  const { url } = database;
  const openAgain = () =>
    openDatabase({ url, entities: disclosureEntities, migrations: disclosureMigrations });
  const source = await openAgain();
  const common = {
    reader: anonymous,
    operationName: 'WhoTravels',
    at: new Date('2026-11-22T10:00:00Z'),
  };
  return {
    source,
    openAgain,
    append: (readings, into = source) => recordDisclosures({ ...common, source: into, readings }),
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}

const names = [{ type: 'Officer', fields: ['email', 'name'], records: 3 }];
const several = [...names, { type: 'Hosting', fields: ['accommodation'], records: 1 }];

describe('recordDisclosures on SQLite', () => {
  it('rejects reads while the disk is full, keeps those before, and records those after', async () => {
    await using record = await openRecord();
    await record.append(names);
    const writer = await writerOf(record.source);
    const [{ page_count: pages }] = (await writer.query('PRAGMA page_count')) as [
      { page_count: number },
    ];
    await writer.query(`PRAGMA max_page_count = ${pages}`);
    let recorded = 1;
    const fill = async () => {
      for (; recorded < 1_000; recorded += 1) await record.append(names);
    };
    await expect(fill()).rejects.toThrow('SQLITE_FULL');
    await expect(record.append(names)).rejects.toThrow('SQLITE_FULL');
    expect(await verifyDisclosures(record.source)).toMatchObject({
      isWhole: true,
      links: recorded,
    });
    await writer.query('PRAGMA max_page_count = 1000000');
    await record.append(names);
    expect(await verifyDisclosures(record.source)).toMatchObject({ links: recorded + 1 });
  });

  it('appends by one statement if the record ends as this process left it', async () => {
    await using record = await openRecord();
    await record.append(several);
    using counted = countStatements(await writerOf(record.source));
    await record.append(several);
    await record.append(names);
    expect(counted.statements).toHaveLength(2);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 5 });
  });

  it.each([
    ['appended', (other: DataSource, { append }: OpenRecord) => append(names, other)],
    [
      'closed a period',
      async (other: DataSource) => {
        const folder = await mkdtemp(join(tmpdir(), 'hub-record-'));
        await closePeriod(other, new Date('2026-11-23'), join(folder, 'archive'));
        await rm(folder, { recursive: true });
      },
    ],
    [
      'renumbered the texts',
      async (other: DataSource) => {
        await other.query('UPDATE disclosure_texts SET id = id + 10');
        await other.query(`UPDATE disclosure_readings SET reader = 11, links = '12:3'`);
      },
    ],
  ] as const)('reads the record again if another process has %s', async (_, change) => {
    await using record = await openRecord();
    await record.append(names);
    const other = await record.openAgain();
    await change(other, record);
    await record.append(names);
    await other.destroy();
    const { links: last } = await readHead(record.source.manager);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: last });
    expect(last).toBeGreaterThan(1);
  });

  it('remembers a new text, and the end that another process has left', async () => {
    await using record = await openRecord();
    await record.append(names);
    const other = await record.openAgain();
    await record.append(several, other);
    await other.destroy();
    using counted = countStatements(await writerOf(record.source));
    const tries = () => counted.statements.filter((text) => text.includes('json_each')).length;
    // `Hosting` is new to this process, so that it does not try the statement.
    await record.append(several);
    expect(tries()).toBe(0);
    const before = counted.count;
    await record.append(several);
    expect(counted.count - before).toBe(1);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 7 });
  });
});
