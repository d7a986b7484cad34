import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HangDetector, type TimeUp, plainClock, startCallTimer } from './call-timer.js';

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

/** A detector, and the lightest queries that it sent. The test responds to them. */
function openWatch() {
  const probes: ((isAnswered: boolean) => void)[] = [];
  const changes: boolean[] = [];
  const watch = new HangDetector(
    plainClock,
    () => new Promise((resolve) => probes.push(resolve)),
    (isHung) => changes.push(isHung),
  );
  return { watch, probes, changes };
}

describe('HangDetector', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('detects a partner that responds neither to its calls nor to the lightest query', async () => {
    const { watch, probes } = openWatch();
    watch.begin();
    await vi.advanceTimersByTimeAsync(1_010);
    expect([watch.isSilent, watch.isHung, probes.length]).toEqual([true, false, 1]);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(watch.isHung).toBe(true);
    // The call is over, and the partner gets more queries until it responds.
    watch.end();
    probes[0]?.(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([watch.isHung, probes.length]).toEqual([true, 2]);
    probes[1]?.(true);
    await vi.advanceTimersByTimeAsync(0);
    expect([watch.isSilent, watch.isHung, probes.length]).toEqual([false, false, 2]);
  });

  it('does not report a slow partner that responds to the lightest query', async () => {
    const { watch, probes } = openWatch();
    watch.begin();
    await vi.advanceTimersByTimeAsync(1_100);
    probes[0]?.(true);
    await vi.advanceTimersByTimeAsync(900);
    expect([watch.isSilent, watch.isHung]).toEqual([false, false]);
  });

  it('sends nothing to a partner that responds, or that gets no calls', async () => {
    const { watch, probes } = openWatch();
    watch.begin();
    for (let count = 0; count < 10; count += 1) {
      await vi.advanceTimersByTimeAsync(500);
      watch.begin();
      watch.responded();
      watch.end();
    }
    watch.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([watch.isSilent, probes.length]).toEqual([false, 0]);
  });

  it('reports once that a partner hangs, and once that it responds again', async () => {
    const { watch, probes, changes } = openWatch();
    watch.begin();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(changes).toEqual([true]);
    probes[0]?.(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(changes).toEqual([true, false]);
  });

  it('believes another worker until the partner responds here, and reports it to nobody', async () => {
    const { watch, probes, changes } = openWatch();
    watch.believe();
    watch.believe();
    expect([watch.isHung, probes.length]).toEqual([true, 1]);
    probes[0]?.(false);
    await vi.advanceTimersByTimeAsync(0);
    expect([watch.isHung, probes.length]).toEqual([true, 2]);
    expect(changes).toEqual([]);
    probes[1]?.(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(watch.isHung).toBe(false);
  });

  it('does not believe it of a partner that has just responded here', () => {
    const { watch, probes } = openWatch();
    watch.responded();
    watch.believe();
    expect([watch.isHung, probes.length]).toEqual([false, 0]);
  });

  it('stops when its partner is closed', async () => {
    const { watch, probes } = openWatch();
    watch.begin();
    watch.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(probes).toHaveLength(0);
  });
});
