import { pagination } from '@hub/shared/database';
import { parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readTopFields } from '../../engine/documents/selection.js';
import { checkContribution } from './check-contribution.js';
import { InvalidResponse } from './compile-projection.js';
import type { MergePlan } from './merge-plan.js';

const { selectionSet } = parse('{ edges { at: cursor } totalCount countAtLeast }')
  .definitions[0] as OperationDefinitionNode;

const plan: MergePlan = {
  rule: {
    mergeKind: 'connection',
    orderBy: ['id'],
    narrowBy: [],
    ownerOnly: [],
    orders: new Map(),
  },
  typeName: 'RowConnection',
  parts: [...readTopFields(selectionSet)].map(([key, tops]) => ({
    key,
    name: key,
    typeName: key === 'edges' ? 'RowEdge' : 'Int',
    tops,
  })),
  countsAtLeast: new Set(['countAtLeast']),
};

const page = (
  ids: readonly string[],
  cursorOf = (id: string) => pagination.encodeCursor([id]),
) => ({
  edges: ids.map((id) => ({ at: cursorOf(id) })),
  hub__edges: ids.map((id) => ({ hub__cursor: cursorOf(id), hub__node: { hub__0: id } })),
  hub__page: { hub__next: false },
  totalCount: ids.length,
  countAtLeast: ids.length,
});

const check =
  (value: object, cursor: string | null = null) =>
  () =>
    checkContribution(plan, value, { size: 10, cursor, isBackwards: false });
const checkBack =
  (value: object, cursor: string | null = null) =>
  () =>
    checkContribution(plan, value, { size: 10, cursor, isBackwards: true });

describe('checkContribution', () => {
  it('accepts a page whose cursors match its rows', () => {
    expect(check(page(['a', 'b']))).not.toThrow();
    expect(check(page(['b', 'c']), pagination.encodeCursor(['a']))).not.toThrow();
  });

  it('accepts cursors of another format', () => {
    expect(
      check(
        page(['a', 'b'], (id) => `row-${id}`),
        'row-0',
      ),
    ).not.toThrow();
  });

  it('rejects a cursor of another row', () => {
    expect(check(page(['a'], () => pagination.encodeCursor(['zz'])))).toThrow(InvalidResponse);
  });

  it('rejects a cursor that is longer than a client may send', () => {
    expect(check(page(['a'], () => 'x'.repeat(2_000)))).not.toThrow();
    expect(check(page(['a'], () => 'x'.repeat(2_001)))).toThrow(InvalidResponse);
  });

  it('rejects a cursor under another response key that differs from the checked one', () => {
    const value = { ...page(['a']), edges: [{ at: pagination.encodeCursor(['zz']) }] };
    expect(check(value)).toThrow(InvalidResponse);
  });

  it('rejects rows that do not follow the given cursor, or backwards do not precede it', () => {
    const cursor = pagination.encodeCursor(['b']);
    expect(check(page(['b', 'c']), cursor)).toThrow(InvalidResponse);
    expect(check(page(['c', 'd']), cursor)).not.toThrow();
    expect(checkBack(page(['a', 'b']), cursor)).toThrow(InvalidResponse);
    expect(checkBack(page(['a', 'c']), cursor)).toThrow(InvalidResponse);
    expect(checkBack(page(['a', 'aa']), cursor)).not.toThrow();
    expect(checkBack(page([]), cursor)).not.toThrow();
  });

  it('rejects negative counts, and counts below the number of rows', () => {
    expect(check({ ...page(['a']), totalCount: -1 })).toThrow(InvalidResponse);
    expect(check({ ...page(['a', 'b']), countAtLeast: 1 })).toThrow(InvalidResponse);
  });

  it('rejects a first page that contradicts its count', () => {
    const more = { ...page(Array.from('abcdefghij')), hub__page: { hub__next: true } };
    expect(check({ ...page([]), totalCount: 6, countAtLeast: 0 })).toThrow(InvalidResponse);
    expect(check({ ...page(['a']), totalCount: 0 })).toThrow(InvalidResponse);
    expect(check({ ...page(['a']), totalCount: null, countAtLeast: 2 })).toThrow(InvalidResponse);
    expect(check(more)).toThrow(InvalidResponse);
    expect(check({ ...more, totalCount: 11 })).not.toThrow();
    expect(check({ ...page(['a']), totalCount: null })).not.toThrow();
  });

  it('accepts a later page, whose count covers all pages', () => {
    expect(check({ ...page(['b']), totalCount: 6 }, pagination.encodeCursor(['a']))).not.toThrow();
    const earlier = { ...page(['b']), totalCount: 6 };
    expect(checkBack(earlier, pagination.encodeCursor(['c']))).not.toThrow();
    expect(checkBack(earlier)).toThrow(InvalidResponse);
  });

  describe('of an order that the client chose', () => {
    const orders = new Map([
      ['KIND', { keys: ['kind', 'id'], isOwnerOnly: false }],
      ['NAME', { keys: ['name', 'id'], isOwnerOnly: true }],
    ]);
    const ordered = { ...plan, rule: { ...plan.rule, orders } };
    type Keys = readonly [order: string, key: string | null, id: string];
    /** @param kind as the rows have it, whatever the cursors say */
    const sorted = (cursors: readonly Keys[], kind?: string) => ({
      hub__edges: cursors.map(([order, key, id]) => ({
        hub__cursor: pagination.encodeCursor([order, key, id]),
        // In the order of the fields that are selected: no name.
        hub__node: { hub__0: id, ...(order === 'KIND' && { hub__1: kind ?? key }) },
      })),
      hub__page: { hub__next: false },
    });
    const checkIn = (order: string, value: object, after: Keys | null = null) => {
      const cursor = after && pagination.encodeCursor(after);
      return () =>
        checkContribution(ordered, value, { size: 9, cursor, isBackwards: false, order });
    };

    it.each(['KIND', 'NAME'])('accepts rows in that order alone: %s', (order) => {
      const [one, two, last]: Keys[] = [
        [order, 'a', 'z'],
        [order, 'b', 'y'],
        [order, null, 'x'],
      ];
      if (!one || !two || !last) throw new Error('Three rows are needed.');
      expect(checkIn(order, sorted([one, two, last]))).not.toThrow();
      expect(checkIn(order, sorted([two, last]), one)).not.toThrow();
      expect(checkIn(order, sorted([two, one]))).toThrow(InvalidResponse);
      expect(checkIn(order, sorted([last, two]))).toThrow(InvalidResponse);
      expect(checkIn(order, sorted([one, two]), two)).toThrow(InvalidResponse);
    });

    it('rejects a cursor that does not match its row, or is of another order', () => {
      expect(checkIn('KIND', sorted([['KIND', 'a', '1']], 'b'))).toThrow(InvalidResponse);
      expect(checkIn('NAME', sorted([['KIND', 'a', '1']]))).toThrow(InvalidResponse);
      const [edge] = sorted([['NAME', 'a', '1']]).hub__edges;
      const other = { ...edge, hub__node: { hub__0: '2' } };
      const page = { hub__edges: [other], hub__page: { hub__next: false } };
      expect(checkIn('NAME', page)).toThrow(InvalidResponse);
    });
  });
});
