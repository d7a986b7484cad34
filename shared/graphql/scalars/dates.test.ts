import { describe, expect, it } from 'vitest';
import {
  addDays,
  doOverlap,
  firstDayOf,
  isEarlier,
  isWithin,
  lastDayOf,
  lastPaperworkDay,
  lastReturnDay,
} from './dates.js';

describe('firstDayOf and lastDayOf', () => {
  it('cover the whole span of a partial date', () => {
    expect([firstDayOf('2009'), lastDayOf('2009')]).toEqual(['2009-01-01', '2009-12-31']);
    expect([firstDayOf('2008-02'), lastDayOf('2008-02')]).toEqual(['2008-02-01', '2008-02-29']);
    expect([firstDayOf('2009-09-13'), lastDayOf('2009-09-13')]).toEqual([
      '2009-09-13',
      '2009-09-13',
    ]);
  });
});

describe('addDays', () => {
  it('counts days over months and years, forward and back', () => {
    expect(addDays('2028-02-01', 30)).toBe('2028-03-02');
    expect(addDays('2031-01-10', -30)).toBe('2030-12-11');
    expect(addDays('2031-01-10', 0)).toBe('2031-01-10');
    expect(addDays('9999-12-30', 1)).toBe('9999-12-31');
  });

  it('stops at the first and the last day that a Date can be', () => {
    expect(addDays('9999-12-30', 2)).toBe('9999-12-31');
    expect(addDays('9999-12-30', 1_000_000_000)).toBe('9999-12-31');
    expect(addDays('0000-01-02', -2)).toBe('0000-01-01');
    expect(addDays('0000-01-02', -1_000_000_000)).toBe('0000-01-01');
  });
});

describe('isWithin', () => {
  it('includes a whole partial date at either end, and treats an unknown end as open', () => {
    const years = { startsOn: '2009', endsOn: '2010-02' };
    expect(['2009-01-01', '2010-02-28'].every((day) => isWithin(day, years))).toBe(true);
    expect(['2008-12-31', '2010-03-01'].some((day) => isWithin(day, years))).toBe(false);
    expect(isWithin('2031-01-01', { startsOn: '2009', endsOn: null })).toBe(true);
  });
});

describe('doOverlap', () => {
  it('is true for two spans with a day in common', () => {
    const week = { startsOn: '2009-09-13', endsOn: '2009-09-18' };
    expect(doOverlap(week, { startsOn: '2009-09-18', endsOn: '2009-09-20' })).toBe(true);
    expect(doOverlap(week, { startsOn: '2009-09-19', endsOn: '2009-09-20' })).toBe(false);
    expect(doOverlap(week, { startsOn: null, endsOn: '2009' })).toBe(true);
  });
});

describe('isEarlier', () => {
  it('compares as precisely as the less precise date, and no unknown ones', () => {
    expect(isEarlier('2009-12', '2010')).toBe(true);
    expect(isEarlier('2010-04-30', '2010-05')).toBe(true);
    expect(isEarlier('2010', '2010-05')).toBe(false);
    expect(isEarlier('2010-05', '2010-05-31')).toBe(false);
    expect(isEarlier(null, '2010')).toBe(false);
    expect(isEarlier('2010', null)).toBe(false);
  });
});

describe('lastPaperworkDay', () => {
  it.each([
    ['2010', '2012-12-31'],
    ['2031-06', '2033-06-30'],
    ['2010-11-05', '2012-11-05'],
    ['9998-06', '9999-12-31'],
    [null, '9999-12-31'],
  ])('of a programme that ends %s is %s', (endsOn, last) => {
    expect(lastPaperworkDay({ endsOn })).toBe(last);
  });
});

describe('lastReturnDay', () => {
  it.each([
    ['2030-05-11', '2030-06-10'],
    ['2028-02-01', '2028-03-02'],
    ['9999-12', '9999-12-31'],
    [null, '9999-12-31'],
  ])('of a visit that ends %s is %s', (endsOn, last) => {
    expect(lastReturnDay({ endsOn })).toBe(last);
  });
});
