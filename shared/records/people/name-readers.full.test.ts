import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { DatabaseMark } from '../../database/database-mark.entity.js';
import { writerOf } from '../../database/sqlite/connections.js';
import { HubError } from '../../errors/hub-error.js';
import type { Reader } from '../../identity/reader.js';
import { AddLogsBegun1764000006000 } from '../../storage/add-logs-begun.migration.js';
import { CreateDatabaseMark1764000005000 } from '../../storage/create-database-mark.migration.js';
import { filePathOf } from '../../storage/sqlite-file.js';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { createDisposableStack } from '../../testing/disposable-stack.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { countStatements } from '../../testing/statements.js';
import { readHead } from '../chain/append-rows.js';
import { hashLink } from '../chain/chain.js';
import { disclosureEntities, ReaderName } from '../chain/stored.entity.js';
import { forgetReaders, forgetReadersAgain } from '../changes/forget-readers.js';
import { readChanges } from '../changes/read-changes.js';
import { disclosureMigrations } from '../disclosure/disclosure-migrations.js';
import { readDisclosures } from '../disclosure/read-disclosures.js';
import { recordDisclosures } from '../disclosure/record.js';
import { verifyDisclosures } from '../disclosure/verify.js';
import { readReadings } from './read-readings.js';

const person = (subject: string, organisation = 'no'): Reader => ({
  kind: 'person',
  organisation,
  subject,
  role: 'liaison',
  purpose: undefined,
});
const anna = person('anna-of-oslo');
const october = '2026-10-31T23:59:59Z';
const november = '2026-11-01T00:00:00Z';

async function openRecord({ create }: TestDatabaseKind) {
  const stack = createDisposableStack();
  const database = stack.use(await create());
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
  await source.manager.insert(DatabaseMark, { id: 'mark', partner: 'fi', createdAt: '2026' });
  return {
    url: database.url,
    source,
    open,
    read: (reader: Reader, at: string, into = source) =>
      recordDisclosures({
        source: into,
        reader,
        operationName: null,
        readings: [{ type: 'Officer', fields: ['name'], records: 1, people: ['fi:o1'] }],
        at: new Date(at),
      }),
    /** @param hubsClock the hub refuses the token of a server whose clock is another one */
    forget: (now: string, READERS = 730, hubsClock = now) =>
      forgetReaders({
        partner: 'fi',
        source,
        clock: () => new Date(now),
        retention: { READERS },
        askHub: () => {
          if (now !== hubsClock) throw new HubError('UNAUTHENTICATED');
          return Promise.resolve({});
        },
      }),
    /** Who read, the newest first, as auditors of her organisation see it. */
    readers: async (organisation = 'no') => {
      const reader = readerOf(organisation, 'auditor');
      const { nodes } = await readDisclosures({ source, partner: 'fi', reader }, {});
      return nodes.map((one) => one.reader);
    },
    /** The same, of what was read about the person. */
    told: async (now: string) => {
      const asked = { source, partner: 'fi', clock: () => new Date(now) };
      return (await readReadings(asked, 'fi:o1', {})).nodes.map((one) => one.reader);
    },
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

const names = ({ manager }: DataSource) => manager.find(ReaderName, { order: { month: 'ASC' } });

describe.each(bothDatabases)('the names of readers on $name', (kind) => {
  it('stand beside the record, one row a month, and not in it', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    for (const at of [october, october, november]) await record.read(anna, at);
    await record.read(person('anna-of-oslo', 'se'), november);
    expect(await names(source)).toMatchObject([
      { organisation: 'no', subject: 'anna-of-oslo', month: '2026-10' },
      { month: '2026-11' },
      { month: '2026-11' },
    ]);
    for (const { tag, organisation, subject, key, month } of await names(source)) {
      // As the guide says that a tag is made.
      const place = JSON.stringify([organisation, subject, month]);
      const bytes = Buffer.concat([Buffer.from(key, 'base64url'), Buffer.from(place)]);
      const hash = createHash('sha256').update(bytes).digest().subarray(0, 18);
      expect(tag).toBe(`~${hash.toString('base64url')}`);
    }
    for (const table of ['disclosure_texts', 'disclosure_readings'])
      expect(JSON.stringify(await source.query(`SELECT * FROM ${table}`))).not.toContain('anna');
    expect(await record.readers()).toEqual(Array.from({ length: 3 }, () => 'anna-of-oslo'));
    expect(await record.readers('se')).toEqual(['anna-of-oslo']);
    expect(await record.readers('fi')).toEqual(['', '', '', '']);
  });

  it('stay while the hub does not take the day for what the server takes it', async () => {
    await using record = await openRecord(kind);
    await record.read(anna, october);
    expect(await record.forget('2029-01-01T00:00:00Z', 730, '2026-12-01T00:00:00Z')).toBe(false);
    expect(await record.readers()).toEqual(['anna-of-oslo']);
  });

  it('go again from an older copy, whatever its clock says', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    for (const at of [october, november]) await record.read(anna, at);
    const clock = () => new Date(november);
    const erased = 'fi:readers-2026-10';
    expect(await forgetReadersAgain({ partner: 'fi', source, clock }, [erased])).toBe(1);
    expect(await record.readers()).toEqual(['anna-of-oslo', '']);
    expect(await forgetReadersAgain({ partner: 'fi', source, clock }, [erased])).toBe(0);
    const changes = await readChanges({ source, partner: 'fi' }, {});
    expect(changes.nodes).toMatchObject([
      { mutation: 'eraseAgain', subject: 'fi:readers-2026-10', fields: ['reader'] },
    ]);
  });

  it('go when their month ended so many days ago, and nothing else does', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    await record.read(anna, october);
    await record.read(anna, november);
    const head = await readHead(source.manager);
    // 730 days after the first instant of November 2026.
    await record.forget('2028-10-30T23:59:59.999Z');
    expect(await record.readers()).toEqual(['anna-of-oslo', 'anna-of-oslo']);
    expect(await readHead(source.manager)).toEqual(head);
    await record.forget('2028-10-31T00:00:00Z');
    expect(await record.readers()).toEqual(['anna-of-oslo', '']);
    // People are told of two years, so a day before.
    expect(await record.told('2028-10-30T00:00:00Z')).toEqual(['anna-of-oslo', null]);
    // The chain is what it was, and says that names went.
    expect(await verifyDisclosures(source, { noted: head })).toMatchObject({
      isWhole: true,
      links: 3,
    });
    const changes = await readChanges({ source, partner: 'fi' }, {});
    expect(changes.nodes).toMatchObject([
      { mutation: 'runRetention', subject: 'fi:readers-2026-10', fields: ['reader'] },
    ]);
    // It goes on, and nothing is done twice.
    await record.forget('2028-10-31T00:00:00Z');
    await record.read(anna, '2028-10-31T00:00:00Z');
    expect(await verifyDisclosures(source)).toMatchObject({ isWhole: true, links: 4 });
    expect(await record.readers()).toEqual(['anna-of-oslo', 'anna-of-oslo', '']);
    // The month that is not over never goes.
    await record.forget('2028-10-31T00:00:01Z', 0);
    expect(await record.readers()).toEqual(['anna-of-oslo', '', '']);
  });

  it('are those of people and participants, not of servers and anonymous callers', async () => {
    await using record = await openRecord(kind);
    const herself: Reader = {
      kind: 'participant',
      organisation: 'no',
      subject: 'no:o7',
      person: 'no:o7',
      purpose: undefined,
    };
    await record.read(herself, november);
    await record.read({ kind: 'anonymous' }, november);
    const server = { ...readerOf('no', 'service'), subject: `~${'x'.repeat(24)}` } as Reader;
    await record.read(server, november);
    expect((await names(record.source)).map(({ subject }) => subject)).toEqual(['no:o7']);
    expect(await record.readers()).toEqual([`~${'x'.repeat(24)}`, 'no:o7']);
    expect(await record.told(november)).toEqual([`~${'x'.repeat(24)}`, 'anonymous', 'no:o7']);
  });

  it('are one a month, however many processes record them at once', async () => {
    await using record = await openRecord(kind);
    const other = await record.open();
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        record.read(anna, november, index % 2 === 0 ? record.source : other),
      ),
    );
    expect(await names(record.source)).toHaveLength(1);
    expect(new Set(await record.readers())).toEqual(new Set(['anna-of-oslo']));
    expect(await verifyDisclosures(record.source)).toMatchObject({ isWhole: true, links: 20 });
  });

  it('stay readable in links of earlier versions, which have no tag', async () => {
    await using record = await openRecord(kind);
    const { source } = record;
    const link = {
      sequence: 1,
      at: new Date(october).toISOString(),
      readerOrganisation: 'no',
      reader: 'bo',
      role: 'liaison',
      purpose: null,
      operationName: null,
      clientName: null,
      type: 'Officer',
      fields: ['name'],
      records: 1,
      people: null,
      isRefused: false,
    };
    const hash = Buffer.from(hashLink('0'.repeat(64), link), 'hex').toString('base64url');
    await source.query(
      `INSERT INTO "disclosure_texts" ("id", "digest", "text") VALUES
       (1, 'a', '["no","bo","liaison",null,null]'), (2, 'b', '["Officer",["name"]]')`,
    );
    await source.query(
      `INSERT INTO "disclosure_readings" ("sequence", "at", "reader", "links", "hash") VALUES
       (1, ${Date.parse(october)}, 1, '2:1', '${hash}')`,
    );
    // Whom the record names so has read before.
    expect(await record.read(person('bo'), november)).toBe(false);
    expect(await record.read(anna, november)).toBe(true);
    expect(await record.read(anna, '2026-12-01T00:00:00Z')).toBe(false);
    await record.forget('2030-01-01T00:00:00Z');
    expect(await record.readers()).toEqual(['', '', '', 'bo']);
    expect(await verifyDisclosures(source)).toMatchObject({ isWhole: true });
  });

  it.each([
    `UPDATE reader_names SET subject = 'berta'`,
    `UPDATE reader_names SET organisation = 'dk'`,
    `UPDATE reader_names SET month = '2020-01'`,
    `UPDATE reader_names SET "key" = 'AAAA'`,
  ])('cannot be changed without breaking the chain: %s', async (statement) => {
    await using record = await openRecord(kind);
    await record.read(person('bo'), october);
    await record.read(anna, november);
    await record.read(anna, november);
    await record.source.query(`${statement} WHERE subject = 'anna-of-oslo'`);
    expect(await verifyDisclosures(record.source)).toEqual({
      isWhole: false,
      sequence: 2,
      reason: 'the name of its reader was changed',
    });
  });
});

describe('on SQLite, the names of readers', () => {
  const [sqlite] = bothDatabases as [TestDatabaseKind];

  it('cost no statement of their own once the month has them', async () => {
    await using record = await openRecord(sqlite);
    await record.read(anna, november);
    using counted = countStatements(await writerOf(record.source));
    await record.read(anna, november);
    expect(counted.count).toBe(1);
  });

  it('are not left in the file', async () => {
    await using record = await openRecord(sqlite);
    await record.read(anna, november);
    const path = filePathOf(record.url) ?? '';
    const files = () => [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join();
    expect(files()).toContain('anna-of-oslo');
    await record.forget('2030-01-01T00:00:00Z');
    expect(files()).not.toContain('anna-of-oslo');
  });
});
