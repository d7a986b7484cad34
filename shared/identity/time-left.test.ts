import { describe, expect, it } from 'vitest';
import { readTimeLeft, timeForCallee } from './time-left.js';

describe('timeForCallee', () => {
  it('leaves each step of a chain less time than the one before, and some for the way back', () => {
    let left = 5_000;
    for (let step = 0; step < 10; step += 1) {
      const given = timeForCallee(left);
      expect(left - given).toBeGreaterThanOrEqual(100);
      expect(given).toBeGreaterThan(left / 2);
      left = given;
    }
  });

  it('never takes more than half, and never gives less than nothing', () => {
    expect([100, 10, 1, 0, -5].map(timeForCallee)).toEqual([50, 5, 0, 0, 0]);
  });
});

describe('readTimeLeft', () => {
  it('takes whole milliseconds, and nothing else', () => {
    expect(['0', '4500', '9999999'].map(readTimeLeft)).toEqual([0, 4_500, 9_999_999]);
    for (const other of ['', '-1', '1.5', '1e3', ' 1', '10000000', ['1', '2'], undefined]) {
      expect(readTimeLeft(other)).toBeUndefined();
    }
  });
});
