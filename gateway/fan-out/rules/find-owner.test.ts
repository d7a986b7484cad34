import { describe, expect, it } from 'vitest';
import { findOwner } from './find-owner.js';

describe('findOwner', () => {
  it.each([
    ['dk:1', 'ID', 'dk'],
    ['DK', 'CountryCode', 'dk'],
    ['zz:1', 'ID', null],
    ['ZZ', 'CountryCode', null],
    [7, 'ID', null],
    [null, 'ID', null],
    ['Denmark', 'CountryCode', undefined],
    [null, 'CountryCode', undefined],
    // No partner owns an object, even if its text would be a partner’s.
    [['dk:1'], 'ID', null],
    [['DK'], 'CountryCode', undefined],
    [{ toString: 1, valueOf: null }, 'CountryCode', undefined],
  ])('finds the owner of %j, a value of %s: %s', (value, scalar, owner) => {
    expect(findOwner(value, scalar, ['dk', 'se'])).toBe(owner);
  });
});
