import { describe, expect, it } from 'vitest';
import { createRestarts } from './restarts.js';

describe('createRestarts', () => {
  it('waits longer after each worker that fails at once, and gives up after five', () => {
    const restarts = createRestarts();
    const delays = [0, 0, 0, 0].map((age) => restarts.delayAfter(age));
    expect(delays).toEqual([0, 250, 500, 1_000]);
    expect(restarts.areHopeless()).toBe(false);
    expect(restarts.delayAfter(0)).toBe(2_000);
    expect(restarts.areHopeless()).toBe(true);
    for (let i = 0; i < 20; i += 1) restarts.delayAfter(0);
    expect(restarts.delayAfter(0)).toBe(30_000);
  });

  it('replaces at once a worker that had served for long', () => {
    const restarts = createRestarts();
    for (let i = 0; i < 5; i += 1) restarts.delayAfter(0);
    expect(restarts.delayAfter(60_000)).toBe(0);
    expect(restarts.areHopeless()).toBe(false);
  });
});
