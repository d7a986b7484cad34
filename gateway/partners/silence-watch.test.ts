import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainClock } from './call-timer.js';
import { SilenceWatch } from './silence-watch.js';

/** A partner’s watch, and the light questions that it was asked: a test answers them. */
function openWatch() {
  const probes: ((isAnswered: boolean) => void)[] = [];
  const watch = new SilenceWatch(plainClock, () => new Promise((resolve) => probes.push(resolve)));
  return { watch, probes };
}

describe('SilenceWatch', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('finds a partner hung that answers neither its calls nor the light question', async () => {
    const { watch, probes } = openWatch();
    watch.begin();
    await vi.advanceTimersByTimeAsync(1_010);
    expect([watch.isSilent, watch.isHung, probes.length]).toEqual([true, false, 1]);
    await vi.advanceTimersByTimeAsync(1_600);
    expect(watch.isHung).toBe(true);
    // The call is over, and the partner is asked on until it answers.
    watch.end();
    probes[0]?.(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([watch.isHung, probes.length]).toEqual([true, 2]);
    probes[1]?.(true);
    await vi.advanceTimersByTimeAsync(0);
    expect([watch.isSilent, watch.isHung, probes.length]).toEqual([false, false, 2]);
  });

  it('finds a partner that is slow, and answers the light question, not hung', async () => {
    const { watch, probes } = openWatch();
    watch.begin();
    await vi.advanceTimersByTimeAsync(1_100);
    probes[0]?.(true);
    await vi.advanceTimersByTimeAsync(900);
    expect([watch.isSilent, watch.isHung]).toEqual([false, false]);
  });

  it('leaves a partner alone that answers, or that nobody asks', async () => {
    const { watch, probes } = openWatch();
    watch.begin();
    for (let count = 0; count < 10; count += 1) {
      await vi.advanceTimersByTimeAsync(500);
      watch.begin();
      watch.heard();
      watch.end();
    }
    watch.end();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([watch.isSilent, probes.length]).toEqual([false, 0]);
  });

  it('ends with its partner', async () => {
    const { watch, probes } = openWatch();
    watch.begin();
    watch.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(probes).toHaveLength(0);
  });
});
