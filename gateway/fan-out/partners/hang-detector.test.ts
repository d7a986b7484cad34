import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainClock } from './call-timer.js';
import { HangDetector } from './hang-detector.js';

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
