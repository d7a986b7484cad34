import { describe, expect, it } from 'vitest';
import { isPoliceCode, ownerOf } from './codes.js';

describe('ownerOf', () => {
  it.each([
    ['nbnp:group-1', 'nbnp'],
    ['dk:officer:7', 'dk'],
    ['group-1', ''],
    [':group-1', ''],
  ])('reads the owner of %s', (id, owner) => {
    expect(ownerOf(id)).toBe(owner);
  });
});

describe('isPoliceCode', () => {
  it('knows the eight national police forces by their lower-case codes', () => {
    expect(['dk', 'se'].map(isPoliceCode)).toEqual([true, true]);
    expect(['DK', 'nbnp', 'ncm', 'ru', ''].map(isPoliceCode)).toEqual(Array(5).fill(false));
  });
});
