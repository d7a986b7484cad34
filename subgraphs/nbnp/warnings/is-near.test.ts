import { describe, expect, it } from 'vitest';
import { Visit } from '../entities/visit.entity.js';
import { isNear } from './is-near.js';

const visit = (more: Partial<Visit> = {}): Visit =>
  Object.assign(new Visit(), {
    startsOn: '2030-05-06',
    endsOn: '2030-05-11',
    departedOn: null,
    cancelledOn: null,
    ...more,
  });

describe('isNear', () => {
  it.each([
    ['2030-04-05', 30, false],
    ['2030-04-06', 30, true],
    ['2030-05-11', 30, true],
    ['2030-05-12', 30, false],
    ['2030-04-21', 14, false],
    ['2030-04-22', 14, true],
  ])('on %s, %i days before: %s', (today, days, expected) => {
    expect(isNear(visit(), today, days)).toBe(expected);
  });

  it('never is of a visit that departed, was cancelled or has no dates', () => {
    for (const more of [
      { departedOn: '2030-05-06' },
      { cancelledOn: '2030-05-01' },
      { startsOn: null, endsOn: null },
    ])
      expect(isNear(visit(more), '2030-05-06')).toBe(false);
  });
});
