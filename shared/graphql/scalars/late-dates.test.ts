import { describe, expect, it } from 'vitest';
import { lastPaperworkDay, lastReturnDay } from './late-dates.js';

describe('lastPaperworkDay', () => {
  it.each([
    ['2010', '2012-12-31'],
    ['2031-06', '2033-06-30'],
    ['2010-11-05', '2012-11-05'],
    [null, '9999-12-31'],
  ])('of a programme that ends %s is %s', (endsOn, last) => {
    expect(lastPaperworkDay({ endsOn })).toBe(last);
  });
});

describe('lastReturnDay', () => {
  it.each([
    ['2030-05-11', '2030-06-10'],
    ['2028-02-01', '2028-03-02'],
    [null, '9999-12-31'],
  ])('of a visit that ends %s is %s', (endsOn, last) => {
    expect(lastReturnDay({ endsOn })).toBe(last);
  });
});
