import { describe, expect, it } from 'vitest';
import { TokenBuckets } from './caller.js';

function open() {
  const clock = { ms: 0 };
  const rate = { perSecond: 10, burst: 20, remembered: 2 };
  return { clock, buckets: new TokenBuckets({ ...rate, now: () => clock.ms }) };
}

describe('a token bucket', () => {
  it('is full at first, and fills again', () => {
    const { clock, buckets } = open();
    expect(buckets.secondsUntil('a', 20)).toBe(0);
    buckets.take('a', 25);
    expect(buckets.secondsUntil('a', 1)).toBe(0.6);
    clock.ms += 500;
    expect(buckets.secondsUntil('a', 1)).toBe(0.1);
    clock.ms += 60_000;
    expect(buckets.secondsUntil('a', 21)).toBe(0.1);
  });

  it('is negative for ten seconds at most', () => {
    const { buckets } = open();
    buckets.take('a', 1_000_000);
    expect(buckets.secondsUntil('a', 0)).toBe(10);
  });

  it('is not forgotten because others are looked at', () => {
    const { buckets } = open();
    buckets.take('a', 25);
    for (const key of ['b', 'c', 'd']) expect(buckets.secondsUntil(key, 1)).toBe(0);
    expect(buckets.secondsUntil('a', 0)).toBe(0.5);
  });
});
