import fc from 'fast-check';
import { parse, print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { reserveNames, restoreName } from './response-names.js';

const reserve = (query: string) => print(reserveNames(parse(query)));
const same = (query: string) => print(parse(query));

describe('reserveNames', () => {
  it('renames aliases and fields with arguments, and nothing else', () => {
    expect(reserve('{ group { id: name state page(first: 1) { __typename: total } } }')).toBe(
      same('{ group { as__id: name state as__page: page(first: 1) { as____typename: total } } }'),
    );
  });

  it('gives fields that merge the same name, however their arguments are written', () => {
    expect(
      reserve(`{ a(x: {m: 1, n: [{o: 2, p: 3}]}, y: $y) { u } ...F }
        fragment F on Query { a(y: $y, x: {n: [{p: 3, o: 2}], m: 1}) { v } }`),
    ).toBe(
      same(`{ as__a: a(x: {m: 1, n: [{o: 2, p: 3}]}, y: $y) { u } ...F }
        fragment F on Query { as__a: a(y: $y, x: {n: [{p: 3, o: 2}], m: 1}) { v } }`),
    );
  });

  it('gives different names to fields of different types with the same alias', () => {
    expect(reserve('{ ... on A { x: name } ... on B { x: title } ... on C { x: name } }')).toBe(
      same('{ ... on A { as__x: name } ... on B { as1__x: title } ... on C { as__x: name } }'),
    );
  });

  it('leaves introspection unchanged', () => {
    const query = `{ s: __schema { t: types { ...T } } __type(name: "A") { f: name } a }
      fragment T on __Type { fields(includeDeprecated: true) { n: name } }`;
    expect(reserve(query)).toBe(same(query));
  });

  it('renames a field whose own name is reserved, or ends like the planner’s suffix', () => {
    expect(reserve('{ as__a as__b: a a__alias_0 }')).toBe(
      same('{ as__as__a: as__a as__as__b: a as__a__alias_0_: a__alias_0 }'),
    );
  });
});

describe('restoreName', () => {
  const name = fc.stringMatching(/^[a-z_]{1,3}(__alias_\d)?_{0,2}$/);

  it('restores every name, also after the planner added a suffix', () => {
    fc.assert(
      fc.property(name, fc.boolean(), (key, isSuffixed) => {
        const [, reserved = ''] = /(\w+): name/.exec(reserve(`{ ${key}: name }`)) ?? [];
        expect(restoreName(isSuffixed ? `${reserved}__alias_0` : reserved)).toBe(key);
      }),
    );
  });

  it('leaves the name of a field unchanged', () => {
    expect(['id', 'as', 'first__name'].map(restoreName)).toEqual(['id', 'as', 'first__name']);
  });
});
