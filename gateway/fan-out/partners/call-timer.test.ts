import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startCallTimer, type TimeUp } from './call-timer.js';

/** A clock that a test can stop, as if the process were late. */
function createClock() {
  let lost = 0;
  let stoppedAt: number | undefined;
  return {
    now: () => (stoppedAt ?? performance.now()) - lost,
    stop: () => void (stoppedAt = performance.now()),
    go() {
      lost += performance.now() - (stoppedAt ?? performance.now());
      stoppedAt = undefined;
    },
  };
}

describe('startCallTimer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const start = (deadlineMs = Infinity) => {
    const clock = createClock();
    const ended: TimeUp[] = [];
    const time = { ms: 1_000, deadline: Date.now() + deadlineMs };
    const stop = startCallTimer(clock, time, (whose) => ended.push(whose));
    return { clock, ended, stop };
  };

  it('ends the partner’s time', () => {
    const { ended } = start();
    vi.advanceTimersByTime(998);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(4);
    expect(ended).toEqual(['PARTNER']);
  });

  it('gives the partner the time that this process lost', () => {
    const { clock, ended } = start();
    vi.advanceTimersByTime(500);
    clock.stop();
    vi.advanceTimersByTime(5_000);
    clock.go();
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(498);
    expect(ended).toEqual([]);
    vi.advanceTimersByTime(6);
    expect(ended).toEqual(['PARTNER']);
  });

  it('keeps the operation’s deadline, however late this process was', () => {
    const { clock, ended } = start(3_000);
    clock.stop();
    vi.advanceTimersByTime(3_002);
    expect(ended).toEqual(['OPERATION']);
  });

  it('ends nothing once it is stopped', () => {
    const { ended, stop } = start();
    stop();
    vi.advanceTimersByTime(5_000);
    expect(ended).toEqual([]);
  });
});
