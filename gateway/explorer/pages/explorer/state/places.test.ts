import { describe, expect, it } from 'vitest';
import { findPlace } from './places.ts';

const query = `query One { a }
query Two {
  first: group(id: "x") {
    ...Names
    ... on Group { state }
  }
}
fragment Names on Group { name }`;

describe('findPlace', () => {
  it.each([
    [['first'], 'first: group'],
    [['first', 'name'], 'name }'],
    [['first', 0, 'state'], 'state }'],
  ])('finds the field of the path %j in its operation', (path, text) => {
    const at = findPlace(query, { message: '', path }, 'Two');
    expect(query.slice(at).startsWith(text)).toBe(true);
  });

  it('finds what the hub says by line and column', () => {
    const at = findPlace(query, { message: '', locations: [{ line: 3, column: 3 }] }, undefined);
    expect(query.slice(at).startsWith('first:')).toBe(true);
  });

  it('finds nothing where the operation no longer has the field, or is not whole', () => {
    expect(findPlace(query, { message: '', path: ['gone'] }, 'Two')).toBeUndefined();
    expect(findPlace('query {', { message: '', path: ['a'] }, undefined)).toBeUndefined();
  });
});
