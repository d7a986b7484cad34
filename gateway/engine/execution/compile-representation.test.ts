import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { RequiredSelection, Rewrite } from '../planning/query-plan.js';
import { compileRepresentation } from './compile-representation.js';
import { compileRewrites } from './compile-rewrites.js';

const schema = buildSchema(`
  type Query { node: Node } interface Node { id: ID! }
  type Book implements Node { id: ID! parts: [[Part]] size: Int } type Film implements Node { id: ID! } type Part { id: ID! }
`);
const field = (
  name: string,
  selections?: RequiredSelection[],
  alias?: string,
): RequiredSelection => ({
  kind: 'Field',
  name,
  alias,
  selections,
});
const on = (typeCondition: string, ...selections: RequiredSelection[]): RequiredSelection => ({
  kind: 'InlineFragment',
  typeCondition,
  selections,
});
const represent = (...requires: RequiredSelection[]) =>
  compileRepresentation(schema, requires, { characters: 0 });

describe('compileRepresentation', () => {
  it('takes the fields that are required for the object’s type, and no others', () => {
    const book = represent(on('Book', field('__typename'), field('id')));
    expect(book({ __typename: 'Book', id: 1, size: 2 })).toEqual({ __typename: 'Book', id: 1 });
    expect(book({ __typename: 'Film', id: 1 })).toBeUndefined();
    expect(book({ id: 1 })).toBeUndefined();
  });

  it('represents no object without a required field, but allows null', () => {
    const book = represent(on('Book', field('__typename'), field('id'), field('size')));
    expect(book({ __typename: 'Book', id: 1 })).toBeUndefined();
    const known = { __typename: 'Book', id: 1, size: null };
    expect(book(known)).toEqual(known);
  });

  it('merges what several fragments require, also on interfaces', () => {
    const node = represent(
      on('Node', field('__typename'), field('id')),
      on('Book', field('__typename'), field('size')),
    );
    const book = { __typename: 'Book', id: 1, size: 2 };
    expect(node(book)).toEqual(book);
    expect(node({ __typename: 'Film', id: 1 })).toEqual({ __typename: 'Film', id: 1 });
    // Of an incomplete object, the complete part counts.
    expect(node({ __typename: 'Book', id: 1 })).toEqual({ __typename: 'Book', id: 1 });
  });

  it('reads objects and lists of lists, and turns their gaps into null', () => {
    const book = represent(on('Book', field('__typename'), field('parts', [field('id')])));
    const parts = [[{ id: 1, x: 1 }, null], null, [{ x: 1 }]];
    expect(book({ __typename: 'Book', parts })).toEqual({
      __typename: 'Book',
      parts: [[{ id: 1 }, null], null, [null]],
    });
  });

  it('reads aliases, writes names, and ignores inherited properties', () => {
    const book = represent(on('Book', field('__typename'), field('id', undefined, 'constructor')));
    expect(book({ __typename: 'Book', id: 1 })).toBeUndefined();
    const aliased = { __typename: 'Book', constructor: 7 };
    expect(book(aliased)).toEqual({ __typename: 'Book', id: 7 });
  });
});

describe('compileRewrites', () => {
  const rewrite = (rewrites: Rewrite[], value: Record<string, unknown>) => {
    compileRewrites(schema, rewrites)?.(value);
    return value;
  };
  const rename = (...path: string[]): Rewrite => ({ kind: 'KeyRenamer', path, renameKeyTo: 'new' });

  it('is undefined if there is nothing to rewrite', () => {
    expect(compileRewrites(schema, [])).toBeUndefined();
    expect(compileRewrites(schema, undefined)).toBeUndefined();
  });

  it('sets a value on objects of a type', () => {
    const set = (value: Record<string, unknown>) =>
      rewrite(
        [{ kind: 'ValueSetter', path: ['... on Node', '__typename'], setValueTo: 'Node' }],
        value,
      );
    expect(set({ __typename: 'Book' })).toEqual({ __typename: 'Node' });
    expect(set({ __typename: 'Part' })).toEqual({ __typename: 'Part' });
  });

  it('renames keys, also in lists, of objects with this type or without a type name', () => {
    const rows = [
      [{ __typename: 'Book', old: 1 }],
      { __typename: 'Film', old: 2 },
      { old: 3 },
      null,
    ];
    rewrite([rename('rows', '... on Book', 'old')], { rows });
    expect(JSON.parse(JSON.stringify(rows))).toEqual([
      [{ __typename: 'Book', new: 1 }],
      { __typename: 'Film', old: 2 },
      { new: 3 },
      null,
    ]);
  });
});
