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
  it('knows the national police force of any country by its lower-case code', () => {
    expect(['dk', 'se', 'pl'].map(isPoliceCode)).toEqual([true, true, true]);
    expect(['DK', 'nbnp', 'ncm', 'ru', '', 'd', 'd1', 'zz', 'qx'].map(isPoliceCode)).not.toContain(
      true,
    );
  });
});
