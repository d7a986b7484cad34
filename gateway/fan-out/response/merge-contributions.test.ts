import { describe, expect, it } from 'vitest';
import { readInnerFields, readTopFields } from '../../engine/documents/selection.js';
import type { GatherRule } from '../rules/fan-out-rules.js';
import { parseSelection } from '../rules/test-model.js';
import { checkContribution } from './check-contribution.js';
import { InvalidResponse } from './compile-projection.js';
import { compareByCodePoints, mergeContributions } from './merge-contributions.js';
import type { MergePlan } from './merge-plan.js';

const place = { size: 3, cursor: null, isBackwards: false };
const args = { place, isComplete: true };
const backwards = { ...place, isBackwards: true };
const planOf = (
  mergeKind: GatherRule['mergeKind'],
  orderBy: string[],
  asked = '{ x { nodes { id } } }',
): MergePlan => {
  const tops = readTopFields(parseSelection(asked)).get('x') ?? [];
  const parts = [...readInnerFields(tops)].map(([key, partTops]) => ({
    key,
    name: partTops[0]?.field.name.value ?? key,
    typeName: 'Part',
    tops: partTops,
  }));
  return {
    rule: { mergeKind, orderBy, narrowBy: [], ownerOnly: [], orders: new Map() },
    typeName: 'Page',
    parts,
    countsAtLeast: new Set(['countAtLeast']),
  };
};

type Keys = readonly (string | number | boolean | null)[];
const keyed = (keys: Keys) => Object.fromEntries(keys.map((key, index) => [`hub__${index}`, key]));
const row = (id: string, ...keys: Keys) => ({ id, ...keyed([...keys, id]) });
const pageOf = (
  rows: readonly Keys[],
  { next = false, previous = false, ...parts }: Record<string, unknown> = {},
) => ({
  hub__edges: rows.map((keys) => ({ hub__cursor: `c${keys.at(-1)}`, hub__node: keyed(keys) })),
  hub__page: { hub__next: next, hub__previous: previous },
  nodes: rows.map((keys) => ({ id: keys.at(-1) })),
  ...parts,
});

describe('mergeContributions of a sum', () => {
  const sum = planOf('sum', []);
  it('adds the counts of all partners', () => {
    expect(mergeContributions(sum, [1, 0, 4], args)).toBe(5);
    expect(mergeContributions(sum, [], args)).toBe(0);
  });
  it('is null if one is missing or null', () => {
    expect(mergeContributions(sum, [1, 2], { ...args, isComplete: false })).toBeNull();
    expect(mergeContributions(sum, [1, null], args)).toBeNull();
  });
});

describe('mergeContributions of a list', () => {
  it('sorts by all keys, null last', () => {
    const plan = planOf('list', ['rank', 'id']);
    const lists = [
      [row('b', 2), row('c', null)],
      [row('a', 2), row('d', 10)],
      null,
      [row('e', null), row('f', -1)],
    ];
    const merged = mergeContributions(plan, lists, args) as { id: string }[];
    expect(merged.map(({ id }) => id)).toEqual(['f', 'a', 'b', 'd', 'c', 'e']);
  });
  it('sorts booleans and texts', () => {
    const plan = planOf('list', ['flag', 'id']);
    const merged = mergeContributions(plan, [[row('a', true), row('b', false)]], args);
    expect(merged).toMatchObject([{ id: 'b' }, { id: 'a' }]);
  });
});

describe('mergeContributions of a connection', () => {
  it('is the first rows of the union, under every response key', () => {
    const plan = planOf(
      'connection',
      ['id'],
      '{ x { n: nodes { id } edges { cursor } pageInfo { more: hasNextPage hasPreviousPage startCursor endCursor __typename } __typename } }',
    );
    const merged = mergeContributions(
      plan,
      [
        pageOf([['b'], ['d']], { n: ['B', 'D'], edges: ['eB', 'eD'] }),
        pageOf([['a'], ['c']], { n: ['A', 'C'], edges: ['eA', 'eC'] }),
      ],
      { ...args, place: { ...place, cursor: 'c' } },
    );
    expect(merged).toEqual({
      __typename: 'Page',
      n: ['A', 'B', 'C'],
      edges: ['eA', 'eB', 'eC'],
      pageInfo: {
        more: true,
        hasPreviousPage: true,
        startCursor: 'ca',
        endCursor: 'cc',
        __typename: 'Part',
      },
    });
  });

  it('is the last rows of the union, backwards', () => {
    const plan = planOf(
      'connection',
      ['id'],
      '{ x { n: nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
    );
    const parts = [
      pageOf([['b'], ['d']], { n: ['B', 'D'] }),
      pageOf([['a'], ['c']], { n: ['A', 'C'] }),
    ];
    expect(mergeContributions(plan, parts, { ...args, place: backwards })).toEqual({
      n: ['B', 'C', 'D'],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: 'cb', endCursor: 'cd' },
    });
    const more = [pageOf([['a']], { n: ['A'], next: true }), pageOf([['b']], { n: ['B'] })];
    const merge = (values: unknown[], cursor: string | null) =>
      mergeContributions(plan, values, { ...args, place: { ...backwards, cursor } });
    // That rows come behind the cursor is known, whatever a partner says.
    expect(merge(more, 'c')).toMatchObject({
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const before = pageOf([['a']], { n: ['A'], previous: true });
    expect(merge([before, pageOf([['b']], { n: ['B'] })], null)).toMatchObject({
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });

  it('has a next page if one partner has, although no row was cut', () => {
    const plan = planOf('connection', ['id'], '{ x { pageInfo { hasNextPage } } }');
    expect(
      mergeContributions(plan, [pageOf([['a']]), pageOf([['b']], { next: true })], args),
    ).toEqual({
      pageInfo: { hasNextPage: true },
    });
  });

  it('has an exact count if all partners responded, and a lower bound otherwise', () => {
    const plan = planOf('connection', ['id'], '{ x { totalCount countAtLeast } }');
    const counts = (count: number | null) => pageOf([], { totalCount: count, countAtLeast: 4 });
    const merge = (values: unknown[], isComplete = true) =>
      mergeContributions(plan, values, { ...args, isComplete });
    expect(merge([counts(4), counts(5)])).toEqual({ totalCount: 9, countAtLeast: 8 });
    expect(merge([counts(4), counts(null)])).toEqual({ totalCount: null, countAtLeast: 8 });
    expect(merge([counts(4)], false)).toEqual({ totalCount: null, countAtLeast: 4 });
    expect(merge([counts(4), null])).toEqual({ totalCount: null, countAtLeast: 4 });
    expect(merge([], false)).toEqual({ totalCount: null, countAtLeast: 0 });
  });
});

describe('checkContribution', () => {
  const connection = planOf('connection', ['shelf', 'id']);
  const list = planOf('list', ['id']);

  it.each([
    [
      'a page in its order',
      connection,
      pageOf([
        ['a', '2'],
        ['b', '1'],
        [null, '3'],
      ]),
    ],
    ['an empty page', connection, pageOf([])],
    [
      'a full page with more rows after it',
      planOf('connection', ['id']),
      pageOf([['a'], ['b'], ['c']], { next: true }),
    ],
    ['a list in any order', list, [row('b'), row('a')]],
    ['null', list, null],
    ['a field that was not selected', connection, undefined],
    ['a number', planOf('sum', []), 7],
  ])('takes %s', (_, plan, value) => {
    expect(() => checkContribution(plan, value, place)).not.toThrow();
  });

  it.each([
    [
      'a page that is too long',
      connection,
      pageOf([
        ['a', '1'],
        ['a', '2'],
        ['a', '3'],
        ['a', '4'],
      ]),
    ],
    [
      'a page in another order',
      connection,
      pageOf([
        ['b', '1'],
        ['a', '2'],
      ]),
    ],
    [
      'a page with null first',
      connection,
      pageOf([
        [null, '1'],
        ['a', '2'],
      ]),
    ],
    [
      'a row twice in a page',
      connection,
      pageOf([
        ['a', '1'],
        ['a', '1'],
      ]),
    ],
    ['fewer nodes than edges', connection, { ...pageOf([['a', '1']]), nodes: [] }],
    [
      'a node that is null',
      connection,
      { ...pageOf([]), hub__edges: [{ hub__node: null }], nodes: [null] },
    ],
    ['a page that ends too early', connection, pageOf([['a', '1']], { next: true })],
    ['a row twice in a list', list, [row('a'), row('a')]],
    ['null in a list', list, [row('a'), null]],
  ])('refuses %s', (_, plan, value) => {
    expect(() => checkContribution(plan, value, place)).toThrow(InvalidResponse);
  });

  it('refuses backwards what it refuses forwards', () => {
    const ids = planOf('connection', ['id']);
    const rows = (...names: string[]) => names.map((name) => [name]);
    const check = (value: object) => () => checkContribution(ids, value, backwards);
    expect(check(pageOf(rows('a', 'b', 'c'), { previous: true }))).not.toThrow();
    expect(check(pageOf(rows('a'), { next: true }))).not.toThrow();
    expect(check(pageOf(rows('a'), { previous: true }))).toThrow(InvalidResponse);
    expect(check(pageOf(rows('a', 'b', 'c', 'd')))).toThrow(InvalidResponse);
    expect(check(pageOf(rows('b', 'a')))).toThrow(InvalidResponse);
    expect(check(pageOf(rows('a', 'a')))).toThrow(InvalidResponse);
  });
});

describe('compareByCodePoints', () => {
  it('sorts texts by the bytes of UTF-8, as databases do', () => {
    const texts = [
      '',
      'a',
      'aa',
      'Z',
      'z',
      'ä',
      'Ä',
      '\uD7FF',
      '\uE000',
      '\uFF5E',
      '\u{10000}',
      '\u{1F4DA}',
      '\u{1F4DA}a',
      'a\u{1F4DA}',
      'a\uFF5E',
      '\u{10FFFF}',
    ];
    const bytes = (text: string) => Buffer.from(text);
    expect(texts.toSorted(compareByCodePoints)).toEqual(
      texts.toSorted((a, b) => Buffer.compare(bytes(a), bytes(b))),
    );
    expect(compareByCodePoints('\uFF5E', '\u{1F4DA}')).toBeLessThan(0);
    expect(compareByCodePoints('a', 'a')).toBe(0);
  });
});
