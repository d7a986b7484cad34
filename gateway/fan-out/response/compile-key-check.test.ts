import { print } from 'graphql';
import { describe, expect, it } from 'vitest';
import { readKeys } from '../rules/subgraph-model.js';
import { createTestModel } from '../rules/test-model.js';
import { compileKeyCheck } from './compile-key-check.js';
import { InvalidResponse } from './compile-projection.js';

const { schema } = createTestModel(`
  type Query { x: Int }
  type Copy @key(fields: "id") @key(fields: "shelf { id place } numbers") @key(fields: "parts { id }") {
    id: ID! shelf: Shelf numbers: [Int] parts: [Part] }
  type Shelf { id: ID! place: String } type Part { id: ID! name: String }
`);
const type = schema.getType('Copy');
if (!type) throw new Error('No such type.');
const keyCheckOf = (representation: Record<string, unknown>) =>
  compileKeyCheck(type, readKeys(type), representation);

const check = (representation: Record<string, unknown>, entity: Record<string, unknown>) =>
  keyCheckOf(representation).check(entity, representation);

describe('compileKeyCheck', () => {
  it.each([
    [{ id: '1' }, '... on Copy { hub__key_id: id }'],
    [
      { shelf: { id: '1', place: 'x' }, numbers: [1], size: 3 },
      '... on Copy { hub__key_shelf: shelf { id place } hub__key_numbers: numbers }',
    ],
    [{ parts: [{ id: '1' }] }, '... on Copy { hub__key_parts: parts { id } }'],
    [{ shelf: { id: '1' }, numbers: [1] }, undefined],
    [{ size: 3 }, undefined],
  ])('selects the key that %j has', (representation, text) => {
    const { selection } = keyCheckOf(representation);
    expect(selection && print(selection).replace(/\s+/g, ' ')).toBe(text);
  });

  it('accepts the key that was sent', () => {
    expect(() => check({ id: '1' }, { hub__key_id: '1', name: 'n' })).not.toThrow();
  });

  it('accepts a number and its text as the same key', () => {
    expect(() => check({ id: 7 }, { hub__key_id: '7' })).not.toThrow();
    expect(() => check({ id: '7' }, { hub__key_id: 7 })).not.toThrow();
  });

  it('compares nested keys and lists, of which the response may have a part', () => {
    const shelf = { id: '1', place: null, more: true };
    const came = { hub__key_shelf: { id: 1, place: null, forged: 1 }, hub__key_numbers: [1, 2] };
    expect(() => check({ shelf, numbers: [1, 2] }, came)).not.toThrow();
    const parts = [{ id: 'a', name: 'x' }, { id: 'b' }];
    const echoed = { hub__key_parts: [{ id: 'a' }, { id: 'b' }] };
    expect(() => check({ parts }, echoed)).not.toThrow();
    expect(() => check({ parts: null }, { hub__key_parts: null })).not.toThrow();
  });

  it.each([
    ['another key', { id: '1' }, { hub__key_id: '2' }],
    ['no key', { id: '1' }, {}],
    ['null for a key', { id: '1' }, { hub__key_id: null }],
    ['a key for null', { parts: null }, { hub__key_parts: [] }],
    [
      'another order',
      { parts: [{ id: 'a' }, { id: 'b' }] },
      { hub__key_parts: [{ id: 'b' }, { id: 'a' }] },
    ],
    ['a shorter list', { parts: [{ id: 'a' }, { id: 'b' }] }, { hub__key_parts: [{ id: 'a' }] }],
    ['a longer list', { parts: [{ id: 'a' }] }, { hub__key_parts: [{ id: 'a' }, { id: 'b' }] }],
    ['an object for a text', { id: '[object Object]' }, { hub__key_id: {} }],
    [
      'another part of a nested key',
      { shelf: { id: '1', place: 'x' }, numbers: [] },
      { hub__key_shelf: { id: '1', place: 'y' }, hub__key_numbers: [] },
    ],
  ])('refuses %s', (_, representation, entity) => {
    expect(() => check(representation, entity)).toThrow(InvalidResponse);
  });

  it('has one name for each type and key', () => {
    expect(keyCheckOf({ id: '1' }).name).toBe(keyCheckOf({ id: '2', size: 3 }).name);
    expect(keyCheckOf({ id: '1' }).name).not.toBe(keyCheckOf({ parts: [] }).name);
  });
});
