import { describe, expect, it } from 'vitest';
import { countDaysTravelled, sumDaysTravelled } from './days-travelled.js';

const today = '2026-11-24';
const week = { departedOn: '2025-03-09', returnedOn: '2025-03-14' };
const away = { departedOn: '2026-11-22', returnedOn: null };
const planned = { departedOn: null, returnedOn: null };
const ahead = { departedOn: '2030-05-06', returnedOn: '2030-05-11' };

describe('Visit.daysTravelled', () => {
  it('counts the day of departure and that of the return', () => {
    expect(countDaysTravelled(week, today)).toBe(6);
    const day = { departedOn: '2025-03-09', returnedOn: '2025-03-09' };
    expect(countDaysTravelled(day, today)).toBe(1);
  });

  it('counts calendar days over a change of clocks', () => {
    const dates = { departedOn: '2025-03-29', returnedOn: '2025-03-31' };
    expect(countDaysTravelled(dates, today)).toBe(3);
  });

  it('is 0 before departure, and null until the return', () => {
    expect(countDaysTravelled(planned, today)).toBe(0);
    expect(countDaysTravelled(away, today)).toBeNull();
  });

  it('is 0 until the day of a departure in the future', () => {
    expect(countDaysTravelled(ahead, today)).toBe(0);
    expect(countDaysTravelled(ahead, '2030-05-05')).toBe(0);
  });

  it('is null from that day on, until the day of the return', () => {
    for (const day of ['2030-05-06', '2030-05-10']) {
      expect(countDaysTravelled(ahead, day), day).toBeNull();
    }
    expect(countDaysTravelled(ahead, '2030-05-11')).toBe(6);
    expect(countDaysTravelled({ ...ahead, returnedOn: null }, '2030-08-12')).toBeNull();
  });
});

describe('Group.daysTravelled', () => {
  it('is the sum over the visits, null while a group is travelling', () => {
    expect(sumDaysTravelled([], today)).toBe(0);
    expect(sumDaysTravelled([week, week, planned, ahead], today)).toBe(12);
    expect(sumDaysTravelled([week, away], today)).toBeNull();
  });
});
