import { describe, expect, it } from 'vitest';
import { countDaysTravelled, sumDaysTravelled } from './days-travelled.js';

const week = { departedOn: '2025-03-09', returnedOn: '2025-03-14' };
const away = { departedOn: '2026-11-22', returnedOn: null };
const planned = { departedOn: null, returnedOn: null };

describe('Visit.daysTravelled', () => {
  it('counts the day of departure and that of the return', () => {
    expect(countDaysTravelled(week)).toBe(6);
    expect(countDaysTravelled({ departedOn: '2025-03-09', returnedOn: '2025-03-09' })).toBe(1);
  });

  it('counts calendar days over a change of clocks', () => {
    expect(countDaysTravelled({ departedOn: '2025-03-29', returnedOn: '2025-03-31' })).toBe(3);
  });

  it('is 0 before departure, and null until the return', () => {
    expect(countDaysTravelled(planned)).toBe(0);
    expect(countDaysTravelled(away)).toBeNull();
  });
});

describe('Group.daysTravelled', () => {
  it('is the sum over the visits, null while a group is away', () => {
    expect(sumDaysTravelled([])).toBe(0);
    expect(sumDaysTravelled([week, week, planned])).toBe(12);
    expect(sumDaysTravelled([week, away])).toBeNull();
  });
});
