import { describe, expect, it } from 'vitest';
import { countEventDays, spanOf } from './partial-date.js';

describe('Event.durationDays', () => {
  it('counts both the first and the last day', () => {
    expect(countEventDays('2009-09-13', '2009-09-18')).toBe(6);
    expect(countEventDays('2005-10-01', '2008-09-30')).toBe(1096);
  });

  it('is one day if the end is empty', () => {
    expect(countEventDays('2014-04-25', null)).toBe(1);
  });

  it('is null if a date is less precise than a day', () => {
    expect(countEventDays('2009', null)).toBeNull();
    expect(countEventDays('2015', '2018')).toBeNull();
    expect(countEventDays('2014-04-23', '2015')).toBeNull();
    expect(countEventDays(null, '2013-05-31')).toBeNull();
    expect(countEventDays(null, null)).toBeNull();
  });
});

describe('spanOf', () => {
  it('leaves an unknown start open; an event without an end lasts one date', () => {
    expect(spanOf(null, '2013-05-31')).toEqual({ firstDay: null, lastDay: '2013-05-31' });
    expect(spanOf('2007-07', null)).toEqual({ firstDay: '2007-07-01', lastDay: '2007-07-31' });
    expect(spanOf(null, null)).toEqual({ firstDay: null, lastDay: null });
  });
});
