import { describe, expect, it } from 'vitest';
import { toSearchPattern, toSearchText } from './search-text.js';

describe('toSearchText', () => {
  it('folds letters of every alphabet and keeps the texts apart', () => {
    expect(toSearchText(['Põhjamaade ESINDUS', 'ÕIGUS', 'Офис'])).toBe(
      'põhjamaade esindus\nõigus\nофис',
    );
  });

  it('composes what is written with combining marks', () => {
    expect(toSearchText(['Pa\u0308rnu'])).toBe('pärnu');
  });
});

describe('toSearchPattern', () => {
  it('takes every character literally', () => {
    expect(toSearchPattern('50%_\\')).toBe('%50\\%\\_\\\\%');
  });
});
