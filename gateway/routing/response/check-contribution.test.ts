import { encodeCursor } from '@hub/shared/pagination';
import { parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readTopFields } from '../../documents/selection.js';
import { checkContribution } from './check-contribution.js';
import { InvalidAnswer } from './compile-projection.js';
import type { JoinPlan } from './merge-plan.js';

const { selectionSet } = parse('{ edges { at: cursor } totalCount countAtLeast }')
  .definitions[0] as OperationDefinitionNode;

const plan: JoinPlan = {
  rule: { join: 'connection', orderBy: ['id'], narrowBy: [] },
  typeName: 'RowConnection',
  parts: [...readTopFields(selectionSet)].map(([key, tops]) => ({
    key,
    name: key,
    typeName: key === 'edges' ? 'RowEdge' : 'Int',
    tops,
  })),
  countsAtLeast: new Set(['countAtLeast']),
};

const page = (ids: readonly string[], cursorOf = (id: string) => encodeCursor([id])) => ({
  edges: ids.map((id) => ({ at: cursorOf(id) })),
  hub__edges: ids.map((id) => ({ hub__cursor: cursorOf(id), hub__node: { hub__0: id } })),
  hub__page: { hub__next: false },
  totalCount: ids.length,
  countAtLeast: ids.length,
});

const check = (value: object, after?: string) => () => checkContribution(plan, value, 10, after);

describe('checkContribution', () => {
  it('takes a page whose cursors are its rows’', () => {
    expect(check(page(['a', 'b']))).not.toThrow();
    expect(check(page(['b', 'c']), encodeCursor(['a']))).not.toThrow();
  });

  it('takes cursors that are written in another way', () => {
    expect(
      check(
        page(['a', 'b'], (id) => `row-${id}`),
        'row-0',
      ),
    ).not.toThrow();
  });

  it('refuses a cursor that leads elsewhere', () => {
    expect(check(page(['a'], () => encodeCursor(['zz'])))).toThrow(InvalidAnswer);
  });

  it('refuses a cursor that is longer than a client may send back', () => {
    expect(check(page(['a'], () => 'x'.repeat(2_000)))).not.toThrow();
    expect(check(page(['a'], () => 'x'.repeat(2_001)))).toThrow(InvalidAnswer);
  });

  it('refuses a cursor that is shown and is not the one that was compared', () => {
    const value = { ...page(['a']), edges: [{ at: encodeCursor(['zz']) }] };
    expect(check(value)).toThrow(InvalidAnswer);
  });

  it('refuses rows that do not lie after the cursor that was given', () => {
    expect(check(page(['a', 'b']), encodeCursor(['a']))).toThrow(InvalidAnswer);
  });

  it('refuses counts below nothing, and below the rows that came', () => {
    expect(check({ ...page(['a']), totalCount: -1 })).toThrow(InvalidAnswer);
    expect(check({ ...page(['a', 'b']), countAtLeast: 1 })).toThrow(InvalidAnswer);
  });

  it('refuses a first page that contradicts its count', () => {
    const more = { ...page(Array.from('abcdefghij')), hub__page: { hub__next: true } };
    expect(check({ ...page([]), totalCount: 6, countAtLeast: 0 })).toThrow(InvalidAnswer);
    expect(check({ ...page(['a']), totalCount: 0 })).toThrow(InvalidAnswer);
    expect(check({ ...page(['a']), totalCount: null, countAtLeast: 2 })).toThrow(InvalidAnswer);
    expect(check(more)).toThrow(InvalidAnswer);
    expect(check({ ...more, totalCount: 11 })).not.toThrow();
    expect(check({ ...page(['a']), totalCount: null })).not.toThrow();
  });

  it('takes a later page whose count is of all pages', () => {
    expect(check({ ...page(['b']), totalCount: 6 }, encodeCursor(['a']))).not.toThrow();
  });
});
