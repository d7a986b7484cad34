import { expect, it } from 'vitest';
import { findMost } from './most.ts';

const same = (value: number) => value;

it('finds those that have the most', () => {
  expect(findMost([1, 3, 2, 3], same)).toEqual({ rows: [3, 3], value: 3 });
});

it('finds nobody where many have as much, or nobody has anything', () => {
  expect(findMost([2, 2, 2, 2, 1], same)).toBeUndefined();
  expect(findMost([0, 0], same)).toBeUndefined();
  expect(findMost([], same)).toBeUndefined();
});
