// cspell:ignore Ebnull
import 'reflect-metadata';

import { describe, expect, it } from 'vitest';
import { bothDatabases, createPostgresDatabase, sqlite } from '../testing/databases.js';
import { countStatements } from '../testing/statements.js';
import { readPage } from './keyset.js';
import { byId, orderBy, type OrderKey } from './order.js';
import type { Connection } from './pagination/connection-types.js';
import { encodeCursor } from './pagination/cursor.js';
import type { PageArguments } from './pagination/paged.js';
import { openThings, Thing, thing } from './test-things.js';
import { inTransaction } from './transaction.js';

const databases = [
  ...bothDatabases,
  // Code points decide, not the language of the server.
  { name: 'Swedish PostgreSQL', create: () => createPostgresDatabase({ locale: 'sv-SE' }) },
];

/**
 * In the order of code points. UTF-16 would swap the last two, and a language would sort them
 * differently.
 */
const names = ['-', '1', '10', '2', 'A', 'Z', 'a', 'z', 'Ä', 'å', 'ł', '\uFB01', '\u{1F46E}'];

/**
 * Every combination of two countries, two names and three days, of which one is unknown; each
 * twice.
 */
const mixture = ['DK', 'SE'].flatMap((country) =>
  ['a', 'b'].flatMap((name) =>
    ['2009', '2009-09', null].flatMap((day) =>
      ['1', '2'].map((which) =>
        thing({ id: `${country}${name}${day}-${which}`, country, name, day }),
      ),
    ),
  ),
);

const orders: [what: string, order: readonly OrderKey[]][] = [
  ['one key', byId],
  ['several keys', [{ property: 'country' }, { property: 'name' }, { property: 'id' }]],
  ['a nullable first key', [{ property: 'day', nullable: true }, { property: 'id' }]],
  [
    'a nullable key in the middle',
    [
      { property: 'name' },
      { property: 'day', nullable: true },
      { property: 'country' },
      { property: 'id' },
    ],
  ],
  [
    'two nullable keys',
    [
      { property: 'day', nullable: true },
      { property: 'parentId', nullable: true },
      { property: 'id' },
    ],
  ],
  ['a descending key', [{ property: 'country', descending: true }, { property: 'id' }]],
  [
    'a descending nullable key',
    [
      { property: 'day', nullable: true, descending: true },
      { property: 'id', descending: true },
    ],
  ],
];

/** The same order, in memory. */
function compare(order: readonly OrderKey[]): (one: Thing, other: Thing) => number {
  return (one, other) => {
    for (const { property, descending } of order) {
      const [left, right] = [one, other].map((row) => row[property as keyof Thing]);
      if (left === right) continue;
      if (left == null) return 1;
      if (right == null) return -1;
      return Buffer.compare(Buffer.from(left), Buffer.from(right)) * (descending ? -1 : 1);
    }
    return 0;
  };
}

describe.each(databases)('readPage on $name', (kind) => {
  it('sorts by code points, in any locale of the database', async () => {
    await using things = await openThings(
      kind,
      names.toReversed().map((id) => thing({ id })),
    );
    const query = things.source.getRepository(Thing).createQueryBuilder('thing');
    expect((await orderBy(query, byId).getMany()).map(({ id }) => id)).toEqual(names);
  });

  it.each(orders)('neither loses nor repeats rows by %s, with any page size', async (_, order) => {
    const rows = mixture.map((row, index) => ({
      ...row,
      parentId: index % 4 < 2 ? null : `p${index % 3}`,
    }));
    await using things = await openThings(kind, rows);
    const query = things.source.getRepository(Thing).createQueryBuilder('thing');
    const expected = rows.toSorted(compare(order)).map(({ id }) => id);
    for (const first of [1, 2, 3, 5, 7, 23, 24, 25]) {
      const seen: string[] = [];
      for (let after: string | null = null; ;) {
        const page: Connection<Thing> = await readPage(query, order, { first, after });
        seen.push(...page.nodes.map(({ id }) => id));
        expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
        after = page.pageInfo.endCursor;
        if (!page.pageInfo.hasNextPage) break;
        expect(page.nodes).toHaveLength(first);
      }
      expect(seen).toEqual(expected);
      const back: string[] = [];
      for (let before: string | null = null; ;) {
        const page: Connection<Thing> = await readPage(query, order, { last: first, before });
        back.unshift(...page.nodes.map(({ id }) => id));
        expect(page.edges.map(({ node }) => node)).toEqual(page.nodes);
        expect(page.pageInfo.hasNextPage).toBe(before !== null);
        expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor);
        expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor);
        before = page.pageInfo.startCursor;
        if (!page.pageInfo.hasPreviousPage) break;
        expect(page.nodes).toHaveLength(first);
      }
      expect(back).toEqual(expected);
    }
  });

  it.each(orders)(
    'reads no row twice by %s while others are added, in both directions',
    async (_, order) => {
      await using things = await openThings(kind, mixture);
      const query = things.source.getRepository(Thing).createQueryBuilder('thing');
      for (const isBackwards of [false, true]) {
        const seen: string[] = [];
        for (let cursor: string | null = null, added = 0; ; added += 1) {
          const asked: PageArguments = isBackwards
            ? { last: 5, before: cursor }
            : { first: 5, after: cursor };
          const { nodes, pageInfo }: Connection<Thing> = await readPage(query, order, asked);
          seen.push(...nodes.map(({ id }) => id));
          cursor = isBackwards ? pageInfo.startCursor : pageInfo.endCursor;
          if (!(isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) break;
          const id = `${['A', 'SEz'][added % 2]}-${isBackwards}-${added}`;
          if (added < 6) await things.source.manager.insert(Thing, thing({ id, country: 'FI' }));
        }
        expect(new Set(seen).size).toBe(seen.length);
        expect(seen).toEqual(expect.arrayContaining(mixture.map(({ id }) => id)));
      }
    },
  );
});

describe.each(bothDatabases)('readPage on $name', (kind) => {
  it('counts the whole list, and only on request', async () => {
    await using things = await openThings(kind, mixture);
    const query = things.source
      .getRepository(Thing)
      .createQueryBuilder('thing')
      .where('thing.country = :country', { country: 'DK' });
    const wanted = { first: 2, after: encodeCursor(['DKb']) };
    const page = await readPage(query, byId, { ...wanted, isCounted: true });
    expect([page.totalCount, page.countAtLeast]).toEqual([12, 12]);
    const uncounted = await readPage(query, byId, wanted);
    expect(() => uncounted.totalCount).toThrow(ReferenceError);
    expect(uncounted.nodes).toEqual(page.nodes);
    expect(page.nodes.map(({ id }) => id)).toEqual(['DKb2009-09-1', 'DKb2009-09-2'].toSorted());
  });

  it('counts also for an empty page and an empty list', async () => {
    await using things = await openThings(kind, mixture);
    const query = () => things.source.getRepository(Thing).createQueryBuilder('thing');
    const isCounted = true;
    const beyond = await readPage(query(), byId, { after: encodeCursor(['x']), isCounted });
    expect([beyond.nodes, beyond.totalCount]).toEqual([[], mixture.length]);
    const none = query().where('thing.country = :country', { country: 'FI' });
    const empty = await readPage(none, byId, { isCounted });
    expect([empty.nodes, empty.totalCount]).toEqual([[], 0]);
  });

  it.each(orders)('reads the same page with and without a count, by %s', async (_, order) => {
    await using things = await openThings(kind, mixture);
    const query = things.source.getRepository(Thing).createQueryBuilder('thing');
    const last = await readPage(query, order, { last: 5 });
    const end = await readPage(query, order, { last: 5, isCounted: true });
    expect([end.nodes, end.pageInfo, end.totalCount]).toEqual([
      last.nodes,
      last.pageInfo,
      mixture.length,
    ]);
    for (let after: string | null = null; ;) {
      const page: Connection<Thing> = await readPage(query, order, { first: 5, after });
      const counted = await readPage(query, order, { first: 5, after, isCounted: true });
      expect(counted.nodes).toEqual(page.nodes);
      expect(counted.pageInfo).toEqual(page.pageInfo);
      expect(counted.totalCount).toBe(mixture.length);
      after = page.pageInfo.endCursor;
      if (!page.pageInfo.hasNextPage) break;
    }
  });

  it('counts the same state of the database that it reads, while others write', async () => {
    await using things = await openThings(kind, mixture);
    const query = things.source.getRepository(Thing).createQueryBuilder('thing');
    let isRead = false;
    const writing = (async () => {
      for (let index = 0; !isRead; index += 1) {
        const row = thing({ id: `new-${index}` });
        await inTransaction(things.source, (manager) => manager.insert(Thing, row));
        if (index % 3 > 0) await things.source.manager.delete(Thing, { id: row.id });
      }
    })();
    try {
      for (let round = 0; round < 200; round += 1) {
        const page = await readPage(query, byId, { first: 1000, isCounted: true });
        expect(page.totalCount).toBe(page.nodes.length);
      }
    } finally {
      isRead = true;
      await writing;
    }
    expect(await things.source.manager.count(Thing)).toBeGreaterThan(mixture.length);
  });

  it('combines a filter with OR and a cursor correctly', async () => {
    await using things = await openThings(kind, mixture);
    const query = things.source
      .getRepository(Thing)
      .createQueryBuilder('thing')
      .where('thing.country = :a OR thing.country = :b', { a: 'DK', b: 'SE' });
    const { nodes } = await readPage(query, byId, { after: encodeCursor(['SEbnull-1']) });
    expect(nodes.map(({ id }) => id)).toEqual(['SEbnull-2']);
  });

  it('has an empty page after the last row, also if its keys are null', async () => {
    await using things = await openThings(kind, mixture);
    const query = things.source.getRepository(Thing).createQueryBuilder('thing');
    const order = [{ property: 'day', nullable: true }, { property: 'id' }];
    const page = await readPage(query, order, { after: encodeCursor([null, 'SEbnull-2']) });
    expect(page.nodes).toEqual([]);
    expect(page.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: true,
      startCursor: null,
      endCursor: null,
    });
  });

  it('starts in the index at the start of the page', async () => {
    await using things = await openThings(kind, mixture);
    if (things.source.options.type !== 'sqlite') return;
    const statements: string[] = [];
    const query = things.source.getRepository(Thing).createQueryBuilder('thing');
    const order = [{ property: 'country' }, { property: 'name' }, { property: 'id' }];
    const after = encodeCursor(['DK', 'b', 'x']);
    things.source.logger = Object.assign(Object.create(things.source.logger), {
      logQuery: (statement: string) => statements.push(statement),
    });
    await readPage(query, order, { after });
    const plan = await things.source.query<{ detail: string }[]>(
      `EXPLAIN QUERY PLAN ${statements.at(-1)}`,
      ['DK', 'DK', 'DK', 'b', 'DK', 'b', 'x'],
    );
    // The rows are also packed into one text, which reads them again.
    const steps = plan.map(({ detail }) => detail).filter((step) => !step.endsWith('(subquery-1)'));
    expect(steps).toEqual([
      expect.stringMatching(/^SEARCH thing USING INDEX ix_things_order \(country>\?\)/),
    ]);
  });
});

describe('readPage of a whole list on SQLite', () => {
  it('uses the same statement for pages of any size', async () => {
    if (!sqlite) expect.fail('SQLite is always available');
    await using things = await openThings(sqlite, mixture);
    const list = () => things.source.getRepository(Thing).createQueryBuilder('thing');
    using counted = countStatements(things.source);
    const sizes = [3, 5, 1000];
    for (const first of sizes) {
      const { nodes, pageInfo } = await readPage(list(), byId, { first });
      expect(nodes).toEqual(mixture.toSorted(compare(byId)).slice(0, first));
      expect(pageInfo.hasNextPage).toBe(first < mixture.length);
    }
    expect(new Set(counted.statements).size).toBe(1);
  });

  it('uses another statement for a filtered list, or another order', async () => {
    if (!sqlite) expect.fail('SQLite is always available');
    await using things = await openThings(sqlite, mixture);
    const list = () => things.source.getRepository(Thing).createQueryBuilder('thing');
    await readPage(list(), byId, {});
    const danish = await readPage(list().where(`thing.country = 'DK'`), byId, {});
    expect(danish.nodes).toHaveLength(mixture.length / 2);
    const byDay: OrderKey[] = [{ property: 'day', nullable: true }, { property: 'id' }];
    const { nodes } = await readPage(list(), byDay, {});
    expect(nodes).toEqual(mixture.toSorted(compare(byDay)));
  });
});
