import { describe, expect, it } from 'vitest';
import { createMissedPartners, type Missed } from './missed-partners.js';

function open() {
  const clock = { now: 0 };
  const told: Missed[] = [];
  const missed = createMissedPartners({
    partners: ['dk', 'nbnp'],
    tell: (one) => Promise.resolve(void told.push(one)),
    recentMs: 30_000,
    now: () => clock.now,
  });
  return { clock, told, missed };
}

describe('a partner that the hub misses', () => {
  it('is remembered with how it was missed, for half a minute', async () => {
    const { clock, missed } = open();
    expect(missed.faultOf('nbnp')).toBeUndefined();
    await missed.record('nbnp', 'TIMED_OUT');
    clock.now = 29_999;
    expect(missed.faultOf('nbnp')).toBe('TIMED_OUT');
    expect(missed.faultOf('dk')).toBeUndefined();
    clock.now = 30_000;
    expect(missed.faultOf('nbnp')).toBeUndefined();
  });

  it('is known to the other workers, who are told once in a while and not each time', async () => {
    const { clock, told, missed } = open();
    for (let call = 0; call < 100; call += 1) await missed.record('nbnp', 'TIMED_OUT');
    await missed.record('nbnp', 'UNAVAILABLE');
    clock.now = 20_000;
    await missed.record('nbnp', 'UNAVAILABLE');
    expect(told.map(({ fault }) => fault)).toEqual(['TIMED_OUT', 'UNAVAILABLE', 'UNAVAILABLE']);
    const other = open().missed;
    told.forEach((one) => other.take(one));
    expect(other.faultOf('nbnp')).toBe('UNAVAILABLE');
  });

  it('is one of the network', async () => {
    const { missed } = open();
    missed.take({ partner: 'hub', fault: 'TIMED_OUT' });
    expect(missed.faultOf('hub')).toBeUndefined();
  });
});
