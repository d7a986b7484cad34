import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../database/data-source.js';
import { encodeCursor } from '../../database/pagination/cursor.js';
import type { PageArguments } from '../../database/pagination/paged.js';
import type { Reader } from '../../identity/reader.js';
import { bothDatabases, testDatabases, type TestDatabaseKind } from '../../testing/databases.js';
import { readerOf } from '../../testing/open-test-partner.js';
import { countStatements } from '../../testing/statements.js';
import { disclosureEntities } from '../chain/stored.entity.js';
import { recordChanges } from '../changes/record-writes.js';
import { disclosureMigrations } from './disclosure-migrations.js';
import type { DisclosurePeriod } from './disclosure-period.args.js';
import type { DisclosureConnection } from './disclosure.type.js';
import { readDisclosures } from './read-disclosures.js';
import { recordDisclosures } from './record.js';

const reader: Reader = {
  kind: 'person',
  organisation: 'dk',
  subject: 'somebody',
  role: 'coordinator',
  purpose: 'evaluation',
};

type Asked = DisclosurePeriod & PageArguments;

const recordReadOf = (source: DataSource, day: number): Promise<unknown> =>
  recordDisclosures({
    source,
    reader,
    operationName: null,
    clientName: day === 5 ? 'mobility desk' : undefined,
    readings: [{ type: 'Officer', fields: ['email', 'name'], records: day }],
    at: new Date(`2026-11-0${day}T12:00:00Z`),
  });

/** Changes of several records, each in a link of its own, after the fifth read. */
async function recordChangesOf(source: DataSource, count: number): Promise<void> {
  const by = { organisation: 'dk', person: null, mutation: 'import', reason: null };
  const at = new Date('2026-11-06T00:00:00Z');
  for (let number = 1; number <= count; number += 1) {
    const records = [{ subject: `dk:${number}`, fields: ['name'] }];
    await source.transaction((manager) => recordChanges(manager, { ...by, at, records }));
  }
}

/** A record of five reads, a day apart. */
async function openRecord({ create }: TestDatabaseKind) {
  const database = await create();
  const source = await openDatabase({
    url: database.url,
    entities: disclosureEntities,
    migrations: disclosureMigrations,
  });
  for (const day of [1, 2, 3, 4, 5]) await recordReadOf(source, day);
  const read = ({ from, to, ...page }: Asked) =>
    readDisclosures({ source, partner: 'fi', reader: readerOf('fi', 'auditor') }, page, {
      from,
      to,
    });
  return {
    source,
    read,
    /** The numbers of the links of a page. */
    find: async (options: Asked) =>
      (await read(options)).nodes.map(({ id }) => Number(id.split('-')[1])),
    async [Symbol.asyncDispose]() {
      await source.destroy();
      await database[Symbol.asyncDispose]();
    },
  };
}

describe.each(bothDatabases)('readDisclosures on $name', (kind) => {
  it('returns the contract’s fields, and no others', async () => {
    await using record = await openRecord(kind);
    const { nodes } = await record.read({ first: 1 });
    expect(nodes).toEqual([
      {
        id: 'fi:disclosure-5',
        at: '2026-11-05T12:00:00.000Z',
        readerOrganisation: 'dk',
        // Of another organisation.
        reader: '',
        role: 'coordinator',
        purpose: 'evaluation',
        operationName: null,
        clientName: 'mobility desk',
        type: 'Officer',
        fields: ['email', 'name'],
        records: 5,
        wasRefused: false,
      },
    ]);
  });

  it('has no name of a client that gave none', async () => {
    await using record = await openRecord(kind);
    const { nodes } = await record.read({ first: 5 });
    const names = nodes.map(({ clientName }) => clientName);
    expect(names).toEqual(['mobility desk', null, null, null, null]);
  });

  it('pages from the newest to the oldest, by keyset', async () => {
    await using record = await openRecord(kind);
    const first = await record.read({ first: 2 });
    expect(first.nodes.map(({ id }) => id)).toEqual(['fi:disclosure-5', 'fi:disclosure-4']);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    await recordDisclosures({
      source: record.source,
      reader,
      operationName: null,
      readings: [{ type: 'Officer', fields: ['name'], records: 1 }],
      at: new Date('2026-11-06T12:00:00Z'),
    });
    const after = first.pageInfo.endCursor;
    expect(await record.find({ first: 2, after })).toEqual([3, 2]);
    const last = await record.read({ first: 3, after });
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(await record.find({ after: last.pageInfo.endCursor })).toEqual([]);
    using counted = countStatements(record.source);
    await record.find({ first: 2, after });
    expect(counted.count).toBe(2);
  });

  it('fills a page with reads, however many changes are recorded between them', async () => {
    await using record = await openRecord(kind);
    await recordChangesOf(record.source, 5);
    await recordReadOf(record.source, 6);
    await recordChangesOf(record.source, 5);
    const page = await record.read({ first: 2 });
    expect(page.nodes.map(({ records }) => records)).toEqual([6, 5]);
    expect(page.pageInfo.hasNextPage).toBe(true);
    const rest = await record.read({ first: 4, after: page.pageInfo.endCursor });
    expect(rest.nodes.map(({ records }) => records)).toEqual([4, 3, 2, 1]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
    for (const size of [1, 2, 3, 6, 7]) {
      const back: number[] = [];
      for (let before: string | null = null; ;) {
        const { nodes, pageInfo }: DisclosureConnection = await record.read({ last: size, before });
        back.unshift(...nodes.map(({ records }) => records));
        before = pageInfo.startCursor;
        if (!pageInfo.hasPreviousPage) break;
        expect(nodes).toHaveLength(size);
      }
      expect(back).toEqual([6, 5, 4, 3, 2, 1]);
    }
  });

  it('pages through the readings of one request, in both directions', async () => {
    await using record = await openRecord(kind);
    const types = ['Delegate', 'Expert', 'Officer'];
    await recordDisclosures({
      source: record.source,
      reader,
      operationName: null,
      readings: types.map((type) => ({ type, fields: ['name'], records: 6 })),
      at: new Date('2026-11-06T12:00:00Z'),
    });
    const all = await record.find({ first: 1000 });
    expect(all).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
    for (let size = 1; size <= 9; size += 1)
      for (const isBackwards of [false, true]) {
        const seen: number[][] = [];
        for (let cursor: string | null = null; ;) {
          const { nodes, pageInfo }: DisclosureConnection = await record.read(
            isBackwards ? { last: size, before: cursor } : { first: size, after: cursor },
          );
          seen.push(nodes.map(({ id }) => Number(id.split('-')[1])));
          cursor = isBackwards ? pageInfo.startCursor : pageInfo.endCursor;
          if (!(isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) break;
        }
        expect((isBackwards ? seen.toReversed() : seen).flat()).toEqual(all);
      }
  });

  it('filters by a span of time, ends included, at any offset', async () => {
    await using record = await openRecord(kind);
    expect(await record.find({ from: '2026-11-04T12:00:00Z' })).toEqual([5, 4]);
    expect(await record.find({ from: '2026-11-04T12:00:00.001Z' })).toEqual([5]);
    expect(await record.find({ to: '2026-11-02T12:00:00Z' })).toEqual([2, 1]);
    expect(await record.find({ to: '2026-11-02T13:59:59+02:00' })).toEqual([1]);
    expect(await record.find({ from: '2026-11-02T00:00:00Z', to: '2026-11-04T00:00:00Z' })).toEqual(
      [3, 2],
    );
    expect(await record.find({ to: '9999-12-31T23:59:59-12:00' })).toEqual([5, 4, 3, 2, 1]);
    expect(await record.find({ from: '9999-12-31T23:59:59-12:00' })).toEqual([]);
  });
});

describe.each(testDatabases)('BAD_USER_INPUT on $name', (kind) => {
  it('rejects an invalid page size or cursor, and a range that ends before it starts', async () => {
    await using record = await openRecord(kind);
    const badCursors = [
      '',
      'x',
      encodeCursor(['1', '2']),
      ...['0', '-1', '1e3', '99999999999', 'x'].map((key) => encodeCursor([key])),
      encodeCursor([null]),
    ];
    for (const after of badCursors) {
      await expect(record.read({ after }), after).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    }
    for (const first of [0, 1001, -1]) {
      await expect(record.read({ first })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    const reversed = { from: '2026-11-04T00:00:00Z', to: '2026-11-04T01:00:00+02:00' };
    await expect(record.read(reversed)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      extensions: { argument: 'to' },
    });
  });
});
