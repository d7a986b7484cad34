import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLoopClock } from './loop-clock.js';

describe('createLoopClock', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('follows the time while the loop is on time', () => {
    let time = 0;
    using clock = createLoopClock(() => time);
    for (; time < 1_000; time += 20) vi.advanceTimersByTime(20);
    expect(clock.now()).toBeGreaterThan(950);
    expect(clock.now()).toBeLessThanOrEqual(1_000);
    expect(clock.readLag()).toBeLessThan(21);
  });

  it('stands still while the loop is late, and reports the delay once', () => {
    let time = 0;
    using clock = createLoopClock(() => time);
    time = 5_000;
    expect(clock.now()).toBe(40);
    vi.advanceTimersByTime(20);
    expect(clock.now()).toBe(40);
    expect(clock.readLag()).toBe(4_980);
    expect(clock.readLag()).toBeLessThan(1);
    time = 5_010;
    expect(clock.now()).toBe(50);
  });

  it('knows since when the loop was late, at once or little by little, and before the next beat', () => {
    let time = 0;
    using clock = createLoopClock(() => time);
    const beat = (ms: number, times = 1) => {
      for (let count = 0; count < times; count += 1) {
        time += ms;
        vi.advanceTimersByTime(20);
      }
    };
    beat(20, 100);
    expect(clock.wasLateSince(0)).toBe(false);
    time += 140;
    expect(clock.wasLateSince(2_000)).toBe(true);
    const lateAt = time;
    beat(20, 100);
    expect(clock.wasLateSince(lateAt)).toBe(true);
    expect(clock.wasLateSince(lateAt + 1)).toBe(false);
    // 20 ms lost with each of five beats.
    beat(60, 5);
    expect(clock.wasLateSince(lateAt + 1)).toBe(true);
  });
});
