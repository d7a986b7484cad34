import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { findReservedName } from './may-write.js';

describe('findReservedName', () => {
  it.each([
    ['{ officers { hub__edges: totalCount } }', 'hub__edges'],
    ['{ a { ...f } } fragment f on A { __proto__: id }', '__proto__'],
    ['query ($__proto__: Int) { a }', '$__proto__'],
    ['{ a { hub: id __typename constructor: id } }', undefined],
    ['query ($constructor: Int, $prototype: Int, $hub__a: Int) { a }', undefined],
  ])('finds in %s the reserved name %s', (text, name) => {
    expect(findReservedName(parse(text))).toBe(name);
  });
});
