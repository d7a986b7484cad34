import 'reflect-metadata';

import type { EntityMetadata } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { countStatements, testDatabases } from '../testing/index.js';
import { readPage } from './keyset.js';
import { Loaders } from './loaders.js';
import { byId } from './order.js';
import { selectColumns, UnreadColumn, type Needs } from './selected-columns.js';
import { openThings, Thing, thing } from './test-things.js';

const things = [
  thing({ id: 'a', parentId: 'p', country: 'SE', name: 'one', day: '2009-01-01' }),
  thing({ id: 'b', parentId: 'p', country: 'DK', name: 'two' }),
];

/** Needs of things alone; the same set each time. */
function needing(...properties: string[]): Needs {
  const needed = new Set(properties);
  return (entity) => (entity === 'Thing' ? needed : undefined);
}

function showing(source: Loaders['source'], ...properties: string[]): Loaders {
  const loaders = new Loaders(source);
  loaders.showOnly(needing(...properties));
  return loaders;
}

describe.each(testDatabases)('What is not selected of a row, on $name,', (kind) => {
  it('is not read, by keys, of parents, by pages or in a list', async () => {
    await using opened = await openThings(kind, things);
    const { source } = opened;
    const { shown } = showing(source, 'name');
    using counted = countStatements(source);
    const rows = [
      await shown.one(Thing).load('a'),
      ...(await shown.many(Thing, 'parentId').load('p')),
      ...(await shown.many(Thing, 'parentId', { where: { country: 'SE' } }).load('p')),
      ...(await shown.page(Thing, 'parentId', { first: 1 }).load('p')).nodes,
      ...(
        await readPage(source.getRepository(Thing).createQueryBuilder('t'), byId, {}, shown.needs)
      ).nodes,
    ];
    const texts = counted.statements;
    expect(rows.map((row) => row?.name)).toEqual(['one', 'one', 'two', 'one', 'one', 'one', 'two']);
    expect(texts).toHaveLength(5);
    for (const text of texts) expect(text).not.toMatch(/search_text|"day"/);
    for (const row of rows) {
      expect(row).toBeInstanceOf(Thing);
      expect(() => row?.searchText).toThrow(UnreadColumn);
      expect(() => Object.assign(row ?? {}, { searchText: '' })).toThrow(UnreadColumn);
    }
  });

  it('is there of rows that are not shown, and before anybody has said what is needed', async () => {
    await using opened = await openThings(kind, things);
    const loaders = showing(opened.source, 'name');
    expect(await loaders.one(Thing).load('a')).toEqual(things[0]);
    expect(await new Loaders(opened.source).shown.one(Thing).load('a')).toEqual(things[0]);
  });

  it('is the row’s key never, nor what its reading goes by', async () => {
    await using opened = await openThings(kind, things);
    const { shown } = showing(opened.source, 'name');
    const order = [{ property: 'day', nullable: true }, { property: 'id' }];
    const page = await shown.page(Thing, 'parentId', { first: 1 }, { orderBy: order }).load('p');
    expect(page.nodes).toEqual([{ id: 'a', parentId: 'p', name: 'one', day: '2009-01-01' }]);
    const after = page.pageInfo.endCursor;
    const next = await shown.page(Thing, 'parentId', { after }, { orderBy: order }).load('p');
    expect(next.nodes.map(({ id }) => id)).toEqual(['b']);
  });

  it('is left out of each of two databases of the same entities, for the same operation', async () => {
    await using one = await openThings(kind, things);
    await using other = await openThings(kind, [thing({ id: 'a', name: 'another' })]);
    const needs = needing('name');
    for (const { source } of [one, other]) {
      const loaders = new Loaders(source);
      loaders.showOnly(needs);
      const row = await loaders.shown.one(Thing).load('a');
      expect(row?.name).toBe(source === one.source ? 'one' : 'another');
      expect(() => row?.day).toThrow(UnreadColumn);
    }
  });

  it('is nothing where something is needed that is no column', async () => {
    await using opened = await openThings(kind, things);
    const { shown } = showing(opened.source, 'name', 'children');
    expect(await shown.one(Thing).load('b')).toEqual(things[1]);
  });
});

describe('selectColumns', () => {
  it('knows 64 selections as the same when they come again, and forgets the oldest of more', () => {
    const columns = Array.from({ length: 8 }, (_, index) => ({ propertyName: `p${index}` }));
    const metadata = {
      name: 'Wide',
      columns,
      primaryColumns: columns.slice(0, 1),
      embeddeds: [],
    } as unknown as EntityMetadata;
    const select = (bits: number) => {
      const chosen = columns.slice(1).filter((_, index) => bits & (1 << index));
      const needed = new Set(chosen.map(({ propertyName }) => propertyName));
      return selectColumns(metadata, needed, []);
    };
    const first = Array.from({ length: 64 }, (_, bits) => select(bits));
    expect(first[5]).toEqual(['p0', 'p1', 'p3']);
    expect(first).not.toContain(undefined);
    expect(select(0)).toBe(first[0]);
    expect(select(64)).toEqual(['p0', 'p7']);
    expect(select(0)).toBe(first[0]);
    expect(select(1)).not.toBe(first[1]);
  });
});
