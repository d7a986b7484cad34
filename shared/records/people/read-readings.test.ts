import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { DatabaseMark } from '../../database/database-mark.entity.js';
import { inTransaction } from '../../database/transaction.js';
import type { Reader } from '../../identity/reader.js';
import { AddLogsBegun1764000006000 } from '../../storage/add-logs-begun.migration.js';
import { CreateDatabaseMark1764000005000 } from '../../storage/create-database-mark.migration.js';
import { bothDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { disclosureMigrations } from '../disclosure/disclosure-migrations.js';
import { recordDisclosures, type RecordDisclosuresOptions } from '../disclosure/record.js';
import { readReadings } from './read-readings.js';
import { removeKey } from './tag-people.js';

const person = 'dk:o1';
const now = new Date('2026-11-30T12:00:00Z');
const daysAgo = (days: number, ms = 0) => new Date(now.getTime() - days * 86_400_000 + ms);

async function openRecord({ create }: TestDatabaseKind) {
  const database = await create();
  const source = await openDatabase({
    url: database.url,
    entities: [...disclosureEntities, DatabaseMark],
    migrations: [
      ...disclosureMigrations,
      CreateDatabaseMark1764000005000,
      AddLogsBegun1764000006000,
    ],
  });
  await source.manager.insert(DatabaseMark, {
    id: 'a mark',
    partner: 'dk',
    createdAt: now.toISOString(),
    logsBegun: 0,
  });
  const record = { partner: 'dk', source, clock: () => now };
  return {
    source,
    read: (at: Date, ...readings: RecordDisclosuresOptions['readings']) =>
      recordDisclosures({
        source,
        reader: { ...readerOf('ncm', 'coordinator'), purpose: 'HOSTING' } as Reader,
        operationName: null,
        readings,
        at,
      }),
    page: (page: object, of = person) => readReadings(record, of, page),
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}

const about = (field: string, ...people: string[]) => ({
  type: 'Officer',
  fields: [field],
  records: people.length,
  people,
});

describe.each(bothDatabases)('readReadings on $name', (kind) => {
  it('pages through what was recorded about one person, the newest first', async () => {
    await using record = await openRecord(kind);
    await record.read(daysAgo(800), about('tooOld', person));
    await record.read(daysAgo(700), about('f0', person));
    // One request that read different fields of her and of another.
    await record.read(
      daysAgo(1),
      about('f1', person, 'dk:o2'),
      about('other', 'dk:o2'),
      about('f2', person),
    );
    // Two at the same time.
    await record.read(daysAgo(0), { ...about('f3', person), purpose: 'A_TASK' });
    await record.read(daysAgo(0), { ...about('f4', person), isRefused: true });
    await record.read(daysAgo(0, 1), { type: 'Hosting', fields: ['note'], records: 1 });
    const whole = await record.page({});
    expect(whole.nodes.map(({ fields }) => fields[0])).toEqual(['f4', 'f3', 'f2', 'f1', 'f0']);
    expect(whole).toMatchObject({
      toldSince: daysAgo(800).toISOString(),
      pageInfo: { hasNextPage: false },
    });
    expect(whole.nodes[0]).toMatchObject({ wasRefused: true, owner: 'dk', organisation: 'ncm' });
    expect(whole.nodes[1]).toMatchObject({ purpose: 'HOSTING', purposeNote: 'A_TASK' });
    for (const first of [1, 2, 3]) {
      const found: string[] = [];
      let after: string | null | undefined;
      do {
        const { nodes, pageInfo } = await record.page({ first, after });
        expect(nodes.length).toBeLessThanOrEqual(first);
        found.push(...nodes.map(({ id }) => id));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : undefined;
      } while (after != null);
      expect(found).toEqual(whole.nodes.map(({ id }) => id));
      // And from the end to the start.
      const reversed: string[] = [];
      let before: string | null | undefined;
      do {
        const { nodes, pageInfo } = await record.page({ last: first, before });
        expect(pageInfo.hasNextPage).toBe(before != null);
        reversed.unshift(...nodes.map(({ id }) => id));
        before = pageInfo.hasPreviousPage ? pageInfo.startCursor : undefined;
      } while (before != null);
      expect(reversed).toEqual(whole.nodes.map(({ id }) => id));
    }
    for (const both of [{ first: 1, last: 1 }, { before: 'x' }, { last: 0 }, { last: 1001 }])
      await expect(record.page(both)).rejects.toMatchObject({
        extensions: { code: 'BAD_USER_INPUT' },
      });
  });

  it('continues behind the reading of another organisation, which is later in the order of owners or earlier', async () => {
    await using record = await openRecord(kind);
    await record.read(daysAgo(2), about('f1', person));
    await record.read(daysAgo(1), about('f2', person));
    const cursorOf = (owner: string) => {
      const keys = [daysAgo(1).toISOString(), owner, 'its own'];
      return Buffer.from(JSON.stringify(keys)).toString('base64url');
    };
    const fieldsOf = async (page: object) =>
      (await record.page(page)).nodes.map(({ fields }) => fields[0]);
    const behind = (owner: string) => fieldsOf({ after: cursorOf(owner) });
    const ahead = (owner: string) => fieldsOf({ last: 5, before: cursorOf(owner) });
    expect(await behind('ab')).toEqual(['f2', 'f1']);
    expect(await behind('nbnp')).toEqual(['f1']);
    expect(await ahead('ab')).toEqual([]);
    expect(await ahead('nbnp')).toEqual(['f2']);
    // It says that it is of this record, which never wrote it.
    await expect(behind('dk')).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('says nothing of a person without readings, or without a key', async () => {
    await using record = await openRecord(kind);
    expect(await record.page({})).toMatchObject({ nodes: [], toldSince: null });
    await record.read(daysAgo(1), about('f1', person));
    expect((await record.page({}, 'dk:o2')).nodes).toEqual([]);
    expect((await record.page({}, 'dk:\0')).nodes).toEqual([]);
    await inTransaction(record.source, (manager) => removeKey(manager, person));
    expect((await record.page({})).nodes).toEqual([]);
  });
});
