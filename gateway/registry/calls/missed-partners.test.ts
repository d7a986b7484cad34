import { describe, expect, it } from 'vitest';
import { createMissedPartners, type Missed } from './missed-partners.js';

function open() {
  const clock = { now: 0 };
  const told: Missed[] = [];
  const missed = createMissedPartners({
    partners: ['dk', 'nbnp'],
    notify: (one) => Promise.resolve(void told.push(one)),
    recentMs: 30_000,
    now: () => clock.now,
  });
  return { clock, told, missed };
}

describe('a partner that the hub misses', () => {
  it('is remembered with its failure for half a minute', async () => {
    const { clock, missed } = open();
    expect(missed.failureOf('nbnp')).toBeUndefined();
    await missed.record('nbnp', 'TIMED_OUT');
    clock.now = 29_999;
    expect(missed.failureOf('nbnp')).toBe('TIMED_OUT');
    expect(missed.failureOf('dk')).toBeUndefined();
    clock.now = 30_000;
    expect(missed.failureOf('nbnp')).toBeUndefined();
  });

  it('is known to the other workers, which are not notified each time', async () => {
    const { clock, told, missed } = open();
    for (let call = 0; call < 100; call += 1) await missed.record('nbnp', 'TIMED_OUT');
    await missed.record('nbnp', 'UNAVAILABLE');
    clock.now = 20_000;
    await missed.record('nbnp', 'UNAVAILABLE');
    expect(told.map(({ failure }) => failure)).toEqual(['TIMED_OUT', 'UNAVAILABLE', 'UNAVAILABLE']);
    const other = open().missed;
    told.forEach((one) => other.add(one));
    expect(other.failureOf('nbnp')).toBe('UNAVAILABLE');
  });

  it('is ignored if it is not in the network', async () => {
    const { missed } = open();
    missed.add({ partner: 'hub', failure: 'TIMED_OUT' });
    expect(missed.failureOf('hub')).toBeUndefined();
  });
});

describe('a partner whose own request waited for another one in vain', () => {
  const waited = (ms: number) => ({ waiter: { code: 'dk', ms } });

  it('waited for it if that took most of its time', async () => {
    const { clock, missed } = open();
    clock.now = 4_000;
    await missed.record('nbnp', 'TIMED_OUT', waited(4_000));
    clock.now = 5_000;
    expect(missed.waitedFor('dk', 5_000)).toBe('nbnp');
    expect(missed.waitedFor('nbnp', 5_000)).toBeUndefined();
    // Of the last 1,500 ms it waited for 500.
    expect(missed.waitedFor('dk', 1_500)).toBeUndefined();
    expect(missed.waitedFor('dk', 8_001)).toBeUndefined();
  });

  it('did not wait if the other one failed at once', async () => {
    const { missed } = open();
    await missed.record('nbnp', 'TIMED_OUT', waited(1));
    expect(missed.waitedFor('dk', 5_000)).toBeUndefined();
  });

  it('is known to the other workers each time', async () => {
    const { told, missed } = open();
    await missed.record('nbnp', 'TIMED_OUT', waited(1_000));
    await missed.record('nbnp', 'TIMED_OUT', waited(4_000));
    const other = open().missed;
    told.forEach((one) => other.add(one));
    expect(other.waitedFor('dk', 5_000)).toBe('nbnp');
  });
});
