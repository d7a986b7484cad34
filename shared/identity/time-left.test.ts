import { describe, expect, it } from 'vitest';
import { readTimeLeft, timeForCallee } from './time-left.js';

describe('timeForCallee', () => {
  it('gives each step of a chain less time than the one before', () => {
    let left = 5_000;
    for (let step = 0; step < 10; step += 1) {
      const given = timeForCallee(left);
      expect(left - given).toBeGreaterThanOrEqual(100);
      expect(given).toBeGreaterThan(left / 2);
      left = given;
    }
  });

  it('reserves at most half, and never returns a negative time', () => {
    expect([100, 10, 1, 0, -5].map(timeForCallee)).toEqual([50, 5, 0, 0, 0]);
  });
});

describe('readTimeLeft', () => {
  it('accepts whole milliseconds, and nothing else', () => {
    expect(['0', '4500', '9999999'].map(readTimeLeft)).toEqual([0, 4_500, 9_999_999]);
    for (const other of ['', '-1', '1.5', '1e3', ' 1', '10000000', ['1', '2'], ['1'], undefined]) {
      expect(readTimeLeft(other)).toBeUndefined();
    }
  });
});
