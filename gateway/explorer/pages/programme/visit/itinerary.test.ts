import { describe, expect, it } from 'vitest';
import { daysOf } from './itinerary.tsx';
import type { PageStop } from './visit-query.ts';

const stopOn = (day: string): PageStop => ({ id: `nbnp:${day}`, day }) as PageStop;

describe('daysOf', () => {
  it('has every day of the visit, also those without a stop', () => {
    const stops = [stopOn('2027-02-28')];
    const days = daysOf({ startsOn: '2027-02-27', endsOn: '2027-03-01', stops });
    expect(days.map(({ day, stops: ofDay }) => [day, ofDay.length])).toEqual([
      ['2027-02-27', 0],
      ['2027-02-28', 1],
      ['2027-03-01', 0],
    ]);
  });

  it('has the days of the stops where the visit has no dates, or others', () => {
    const stops = [stopOn('2027-02-02'), stopOn('2027-02-01')];
    for (const [startsOn, endsOn] of [
      [null, null],
      ['2027-02-02', null],
      ['2027-02-02', '2027-02-02'],
    ] as const)
      expect(daysOf({ startsOn, endsOn, stops }).map(({ day }) => day)).toEqual([
        '2027-02-01',
        '2027-02-02',
      ]);
  });

  it('ends, however far the last day is by mistake', () => {
    const days = daysOf({ startsOn: '2027-02-01', endsOn: '9999-12-31', stops: [] });
    expect(days).toHaveLength(60);
  });
});
