import 'reflect-metadata';

import { IsNull, Not } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { bothDatabases } from '../testing/databases.js';
import { statementsOf } from '../testing/statements.js';
import { Loaders } from './loaders.js';
import type { Connection } from './pagination/connection-types.js';
import { encodeCursor } from './pagination/cursor.js';
import { openThings, Thing, thing } from './test-things.js';

/** Parents p1 to p100 with one to four children each. Some of their days are unknown. */
const parents = Array.from({ length: 100 }, (_, index) => `p${index + 1}`);
const children = parents.flatMap((parentId, index) =>
  Array.from({ length: (index % 4) + 1 }, (_, place) =>
    thing({
      id: `${parentId}-${place + 1}`,
      parentId,
      country: place === 0 ? 'SE' : 'DK',
      name: `n${4 - place}`,
      day: place % 2 === 0 ? null : `2009-0${place}`,
    }),
  ),
);
const ids = (rows: readonly Thing[]) => rows.map(({ id }) => id);

describe.each(bothDatabases)('Loaders on $name', (kind) => {
  it('returns the row of each key in order, with one statement', async () => {
    await using things = await openThings(kind, children);
    const loaders = new Loaders(things.source);
    const cost = await statementsOf(things.source, async () => {
      const [found, missing, again, odd] = await Promise.all(
        ['p2-1', 'nobody', 'p2-1', 'p2\0'].map((id) => loaders.one(Thing).load(id)),
      );
      expect(found).toMatchObject({ id: 'p2-1', parentId: 'p2' });
      expect([missing, odd]).toEqual([null, null]);
      expect(again).toBe(found);
    });
    expect(cost).toBe(1);
    expect(await statementsOf(things.source, () => loaders.one(Thing).load('p2-1'))).toBe(0);
  });

  it('loads the rows of a hundred parents in one statement, each list in order', async () => {
    await using things = await openThings(kind, children);
    const loaders = new Loaders(things.source);
    const order = [{ property: 'name' }, { property: 'id' }];
    const cost = await statementsOf(things.source, async () => {
      const lists = await loaders
        .many(Thing, 'parentId', { orderBy: order })
        .loadMany([...parents, 'none', '\0']);
      expect(lists).toHaveLength(102);
      expect(ids(lists[3] as Thing[])).toEqual(['p4-4', 'p4-3', 'p4-2', 'p4-1']);
      expect(lists.slice(100)).toEqual([[], []]);
    });
    expect(cost).toBe(1);
  });

  it('sorts unknown days last', async () => {
    await using things = await openThings(kind, children);
    const orderBy = [{ property: 'day', nullable: true }, { property: 'id' }];
    const list = await new Loaders(things.source).many(Thing, 'parentId', { orderBy }).load('p4');
    expect(ids(list)).toEqual(['p4-2', 'p4-4', 'p4-1', 'p4-3']);
  });

  it('counts the rows of a hundred parents in one statement, 0 if there are none', async () => {
    await using things = await openThings(kind, children);
    const loaders = new Loaders(things.source);
    const cost = await statementsOf(things.source, async () => {
      expect(await loaders.count(Thing, 'parentId').loadMany(['p1', 'p4', 'none'])).toEqual([
        1, 4, 0,
      ]);
    });
    expect(cost).toBe(1);
    expect(await loaders.count(Thing, 'parentId', { day: IsNull() }).load('p4')).toBe(2);
    expect(await loaders.count(Thing, 'parentId', { day: Not(IsNull()) }).load('p3')).toBe(1);
  });

  it('counts the distinct values of a column', async () => {
    await using things = await openThings(kind, children);
    const countries = new Loaders(things.source).count(Thing, 'parentId', undefined, 'country');
    expect(await countries.loadMany(['p1', 'p4', 'none'])).toEqual([1, 2, 0]);
  });

  it('separates requests with different conditions, orders and pages', async () => {
    await using things = await openThings(kind, children);
    const loaders = new Loaders(things.source);
    const [all, danish, unknown, page, next] = await Promise.all([
      loaders.many(Thing, 'parentId').load('p4'),
      loaders.many(Thing, 'parentId', { where: { country: 'DK' } }).load('p4'),
      loaders.many(Thing, 'parentId', { where: { day: IsNull() } }).load('p4'),
      loaders.page(Thing, 'parentId', { first: 1 }).load('p4'),
      loaders.page(Thing, 'parentId', { first: 1, after: encodeCursor(['p4-1']) }).load('p4'),
    ]);
    expect(ids(all)).toEqual(['p4-1', 'p4-2', 'p4-3', 'p4-4']);
    expect(ids(danish)).toEqual(['p4-2', 'p4-3', 'p4-4']);
    expect(ids(unknown)).toEqual(['p4-1', 'p4-3']);
    expect([ids(page.nodes), ids(next.nodes)]).toEqual([['p4-1'], ['p4-2']]);
  });

  it('loads more keys than one statement allows', async () => {
    await using things = await openThings(kind, children);
    const keys = [...Array.from({ length: 2_500 }, (_, index) => `x${index}`), 'p1-1'];
    const rows = await new Loaders(things.source).one(Thing).loadMany(keys);
    expect(rows.filter(Boolean)).toHaveLength(1);
  });
});

describe.each(bothDatabases)('Loaders.page on $name', (kind) => {
  it('reads the pages of a hundred parents in one statement, with their counts on request', async () => {
    await using things = await openThings(kind, children);
    const loaders = new Loaders(things.source);
    const read = (count: boolean) =>
      statementsOf(things.source, async () => {
        const pages = await Promise.all(
          [...parents, 'none'].map((parent) =>
            loaders
              .page(Thing, 'parentId', { first: count ? 2 : 3, isCounted: count })
              .load(parent),
          ),
        );
        expect(ids(pages[3]!.nodes).length).toBe(count ? 2 : 3);
        expect(pages[0]!.pageInfo.hasNextPage).toBe(false);
        expect(pages[3]!.pageInfo.hasNextPage).toBe(true);
        expect(pages[100]!.nodes).toEqual([]);
        if (!count) return;
        const counts = pages.map(({ totalCount }) => totalCount);
        expect([...counts.slice(0, 4), counts[100]]).toEqual([1, 2, 3, 4, 0]);
      });
    expect(await read(false)).toBe(1);
    expect(await read(true)).toBe(1);
  });

  it.each([
    ['ids', [{ property: 'id' }]],
    ['several keys', [{ property: 'country' }, { property: 'name' }, { property: 'id' }]],
    ['a nullable key', [{ property: 'day', nullable: true }, { property: 'id' }]],
  ])('loses no row of a parent by %s, page after page', async (_, orderBy) => {
    await using things = await openThings(kind, children);
    const all = ids(
      await new Loaders(things.source).many(Thing, 'parentId', { orderBy }).load('p4'),
    );
    for (const first of [1, 2, 3, 4, 5]) {
      const seen: string[] = [];
      for (let after: string | null = null; ;) {
        const page: Connection<Thing> = await new Loaders(things.source)
          .page(Thing, 'parentId', { first, after }, { orderBy })
          .load('p4');
        const { nodes, pageInfo } = page;
        seen.push(...ids(nodes));
        if (!pageInfo.hasNextPage) break;
        after = pageInfo.endCursor;
      }
      expect(seen).toEqual(all);
    }
  });

  it.each([
    ['ids', [{ property: 'id' }]],
    ['a nullable key', [{ property: 'day', nullable: true }, { property: 'id' }]],
  ])('reads the pages of many parents from their ends, by %s', async (_, orderBy) => {
    await using things = await openThings(kind, children);
    const wholes = await new Loaders(things.source)
      .many(Thing, 'parentId', { orderBy })
      .loadMany(parents);
    for (const last of [1, 3]) {
      const pages = await new Loaders(things.source)
        .page(Thing, 'parentId', { last }, { orderBy })
        .loadMany(parents);
      for (const [index, page] of (pages as Connection<Thing>[]).entries()) {
        const whole = ids(wholes[index] as Thing[]);
        expect(ids(page.nodes)).toEqual(whole.slice(-last));
        expect(page.pageInfo.hasPreviousPage).toBe(whole.length > last);
        const before = page.pageInfo.startCursor;
        const rest = await new Loaders(things.source)
          .page(Thing, 'parentId', { last: 5, before }, { orderBy })
          .load(parents[index] ?? '');
        expect(ids(rest.nodes)).toEqual(whole.slice(0, Math.max(0, whole.length - last)));
      }
    }
  });

  it('counts the parent’s whole filtered list, also after a cursor', async () => {
    await using things = await openThings(kind, children);
    const page = await new Loaders(things.source)
      .page(
        Thing,
        'parentId',
        { first: 1, after: encodeCursor(['p4-3']), isCounted: true },
        { where: { country: 'DK' } },
      )
      .load('p4');
    expect(ids(page.nodes)).toEqual(['p4-4']);
    expect([page.totalCount, page.countAtLeast]).toEqual([3, 3]);
    expect(page.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('counts the rows of parents that have no row on the page', async () => {
    await using things = await openThings(kind, children);
    const pages = await new Loaders(things.source)
      .page(Thing, 'parentId', { after: encodeCursor(['x']), isCounted: true })
      .loadMany(['p4', 'none', 'p1']);
    const read = pages as Connection<Thing>[];
    expect(read.map(({ nodes, totalCount }) => [nodes, totalCount])).toEqual([
      [[], 4],
      [[], 0],
      [[], 1],
    ]);
  });

  it('rejects an invalid page size or cursor', async () => {
    await using things = await openThings(kind, []);
    const loaders = new Loaders(things.source);
    for (const page of [
      { first: 0 },
      { first: 1001 },
      { after: '' },
      { after: encodeCursor([null]) },
    ]) {
      expect(() => loaders.page(Thing, 'parentId', page)).toThrow(
        expect.objectContaining({ code: 'BAD_USER_INPUT' }),
      );
    }
  });
});
