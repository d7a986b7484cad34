import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { writerOf } from '../../database/sqlite/connections.js';
import { anonymous, type Reader } from '../../identity/reader.js';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { countStatements } from '../../testing/statements.js';
import { readHead } from '../chain/append-rows.js';
import { type DisclosureLink, isReading } from '../chain/chain.js';
import { walkReadings } from '../chain/stored-form.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { disclosureMigrations } from './disclosure-migrations.js';
import type { DisclosureNote } from './disclosure-note.js';
import { recordDisclosures } from './record.js';
import { verifyDisclosures } from './verify.js';

const reader: Reader = {
  kind: 'person',
  organisation: 'dk',
  subject: 'dk:anna',
  role: 'coordinator',
  purpose: 'hosting',
};

interface OpenRecord extends AsyncDisposable {
  readonly source: DataSource;
  readonly openAgain: () => Promise<DataSource>;
  readonly append: (readings: DisclosureNote['readings'], source?: DataSource) => Promise<unknown>;
}

async function openRecord({ create }: Pick<TestDatabaseKind, 'create'>): Promise<OpenRecord> {
  const database = await create();
  const openAgain = () =>
    openDatabase({
      url: database.url,
      entities: disclosureEntities,
      migrations: disclosureMigrations,
    });
  const source = await openAgain();
  return {
    source,
    openAgain,
    append: (readings, into = source) =>
      recordDisclosures({
        source: into,
        reader,
        operationName: 'WhoTravels',
        readings,
        at: new Date('2026-11-22T10:00:00Z'),
      }),
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}

const names = [{ type: 'Officer', fields: ['email', 'name'], records: 3 }];
const several = [...names, { type: 'Hosting', fields: ['accommodation'], records: 1 }];

async function links({ manager }: DataSource): Promise<DisclosureLink[]> {
  const found: DisclosureLink[] = [];
  for await (const { links: own } of walkReadings(manager, 0)) found.push(...own.filter(isReading));
  return found;
}

describe.each(bothDatabases)('recordDisclosures on $name', (kind) => {
  it('records who read which fields of how many objects, when and why, with a link for each type', async () => {
    await using record = await openRecord(kind);
    await record.append(several);
    const [first, second] = await links(record.source);
    const common = {
      at: '2026-11-22T10:00:00.000Z',
      readerOrganisation: 'dk',
      reader: expect.stringMatching(/^~[\w-]{24}$/) as string,
      role: 'coordinator',
      purpose: 'hosting',
      operationName: 'WhoTravels',
    };
    expect(first).toMatchObject({
      ...common,
      sequence: 1,
      type: 'Officer',
      fields: ['email', 'name'],
      records: 3,
    });
    expect(second).toMatchObject({
      ...common,
      sequence: 2,
      type: 'Hosting',
      fields: ['accommodation'],
      records: 1,
    });
    expect(await readHead(record.source.manager)).toEqual({
      links: 2,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
  });

  it('adds the task that decided the access to the purpose of the token', async () => {
    await using record = await openRecord(kind);
    await record.append([...several, ...names.map((one) => ({ ...one, purpose: 'A_TASK' }))]);
    const found = await links(record.source);
    const purposes = found.map(({ type, purpose }) => `${type}: ${purpose}`);
    expect(purposes).toEqual(['Officer: hosting', 'Hosting: hosting', 'Officer: hosting; A_TASK']);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 3 });
  });

  it('writes nothing if nothing restricted was read', async () => {
    await using record = await openRecord(kind);
    await record.append([]);
    expect(await links(record.source)).toEqual([]);
    expect(await verifyDisclosures(record.source)).toEqual({
      isWhole: true,
      links: 0,
      lastHash: '0'.repeat(64),
      archived: 0,
    });
  });

  it('keeps the chain valid with many simultaneous records of two processes', async () => {
    await using record = await openRecord(kind);
    const other = await record.openAgain();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        record.append(several, index % 2 === 0 ? record.source : other),
      ),
    );
    await other.destroy();
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 80 });
  });

  it('writes the others if one of several cannot be written', async () => {
    await using record = await openRecord(kind);
    const broken = [{ type: 'Officer', fields: null as unknown as string[], records: 1 }];
    const all = [several, names, broken, several].map((readings) => record.append(readings));
    const settled = await Promise.allSettled(all);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 5 });
  });

  it('appends all types of a read, or none', async () => {
    await using record = await openRecord(kind);
    const broken = [...names, { type: 'Officer', fields: null as unknown as string[], records: 1 }];
    await expect(record.append(broken)).rejects.toThrow();
    expect(await links(record.source)).toEqual([]);
    await record.append(names);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 1 });
  });
});

/** Changes the text of one read only, as an attacker who knows the form would do. */
const forge = (column: string, id: string, text: string) => [
  `INSERT INTO disclosure_texts (id, digest, text) VALUES (99, 'forged', '${text}')`,
  `UPDATE disclosure_readings SET ${column} = '${id}' WHERE sequence = 3`,
];

const tampering: readonly [what: string, sql: string[], sequence: number, reason: RegExp][] = [
  [
    'a changed reader',
    forge('reader', '99', '["dk","dk:berta","coordinator","hosting","WhoTravels"]'),
    3,
    /content/,
  ],
  [
    'a changed purpose',
    forge('reader', '99', '["dk","dk:anna","coordinator",null,"WhoTravels"]'),
    3,
    /content/,
  ],
  ['changed fields', forge('links', '99:3', '["Officer",["name"]]'), 3, /content/],
  ['an invalid text', forge('links', '99:3', 'Officer'), 3, /content/],
  ['a text that all share', [`UPDATE disclosure_texts SET text = '[]'`], 1, /content/],
  [
    'a changed number',
    [`UPDATE disclosure_readings SET links = '2:1' WHERE sequence = 2`],
    2,
    /content/,
  ],
  ['a changed time', [`UPDATE disclosure_readings SET at = 5 WHERE sequence = 5`], 5, /content/],
  ['a removed read', ['DELETE FROM disclosure_readings WHERE sequence = 3'], 4, /3 is missing/],
  [
    'a removed first read',
    ['DELETE FROM disclosure_readings WHERE sequence = 1'],
    2,
    /1 is missing/,
  ],
  [
    'a replaced hash',
    [`UPDATE disclosure_readings SET hash = '${'1'.repeat(43)}' WHERE sequence = 3`],
    3,
    /content/,
  ],
];

describe('recordDisclosures', () => {
  it('writes all types of a read by one statement', async () => {
    const create = async () => ({
      url: 'sqlite::memory:',
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
    await using record = await openRecord({ create });
    using counted = countStatements(record.source);
    await record.append(several);
    expect(
      counted.statements.filter((text) => text.includes('"disclosure_readings" (')),
    ).toHaveLength(1);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 2 });
  });

  it('writes reads together that arrive during a write, and resolves none before', async () => {
    await using record = await openRecord(bothDatabases[0] as TestDatabaseKind);
    await record.append(names);
    using counted = countStatements(await writerOf(record.source));
    const written = Array.from({ length: 10 }, () =>
      record.append(names).then(async () => (await links(record.source)).length),
    );
    const [first, ...rest] = await Promise.all(written);
    // Reads after the first may be written before the first one looks.
    expect(first).toBeGreaterThanOrEqual(2);
    expect(rest).toEqual(rest.map(() => 11));
    expect(counted.statements).toHaveLength(2);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 11 });
  });

  it('rejects all waiting reads at once if another process blocks writing', async () => {
    await using record = await openRecord(bothDatabases[0] as TestDatabaseKind);
    await record.append(names);
    const writer = await writerOf(record.source);
    await writer.query('PRAGMA busy_timeout = 20');
    const other = await record.openAgain();
    await other.query('BEGIN IMMEDIATE');
    using counted = countStatements(writer);
    const settled = await Promise.allSettled(
      Array.from({ length: 10 }, () => record.append(names)),
    );
    expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(10);
    expect(counted.count).toBeLessThan(5);
    await other.query('ROLLBACK');
    await other.destroy();
    await record.append(names);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 2 });
  });
});

describe.each(bothDatabases)('verifyDisclosures on $name', (kind) => {
  it.each(tampering)('names the first broken link: %s', async (_, sql, sequence, reason) => {
    await using record = await openRecord(kind);
    for (let count = 0; count < 6; count += 1) await record.append(names);
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 6 });
    for (const statement of sql) await record.source.query(statement);
    expect(await verifyDisclosures(record.source)).toEqual({
      isWhole: false,
      sequence,
      reason: expect.stringMatching(reason),
    });
  });

  it('detects swapped links', async () => {
    await using record = await openRecord(kind);
    for (let count = 0; count < 4; count += 1) await record.append(names);
    for (const [from, to] of [
      [2, 9],
      [3, 2],
      [9, 3],
    ]) {
      await record.source.query(
        `UPDATE disclosure_readings SET sequence = ${to} WHERE sequence = ${from}`,
      );
    }
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: false, sequence: 2 });
  });

  it('verifies a record with more links than it reads at a time', async () => {
    await using record = await openRecord(kind);
    await Promise.all(Array.from({ length: 1_001 }, () => record.append(several)));
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 2_002 });
  });
});

describe('an anonymous reader', () => {
  it('is recorded without a person and an organisation', async () => {
    await using record = await openRecord(bothDatabases[0] as TestDatabaseKind);
    await recordDisclosures({
      source: record.source,
      reader: anonymous,
      operationName: null,
      readings: names,
      at: new Date(),
    });
    expect(await links(record.source)).toMatchObject([
      { readerOrganisation: '', reader: 'anonymous', role: 'anonymous', purpose: null },
    ]);
  });
});
