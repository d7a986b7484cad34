import { describe, expect, it } from 'vitest';
import { createPartnerStatus, type CallOutcome } from './partner-status.js';

function createWatch() {
  let now = Date.parse('2026-11-24T12:00:00Z');
  const status = createPartnerStatus({ partners: ['dk', 'no'], clock: () => new Date(now) });
  return {
    status,
    wait: (seconds: number) => (now += seconds * 1000),
    /** Records calls to dk, one a second, and returns its status. */
    after: (...outcomes: CallOutcome[]) => {
      for (const outcome of outcomes) {
        now += 1000;
        status.recordCall('dk', outcome);
      }
      return status.read('dk')?.status;
    },
  };
}

describe('Partner.status', () => {
  it('is DEGRADED, but not UNAVAILABLE, for a partner that says that it is overloaded', () => {
    const status = createPartnerStatus({ partners: ['dk'] });
    for (const outcome of ['ANSWERED', 'OVERLOADED', 'OVERLOADED', 'OVERLOADED'] as const) {
      status.recordCall('dk', outcome);
    }
    expect(status.read('dk')?.status).toBe('DEGRADED');
  });

  it('is UNAVAILABLE while the partner hangs, and what its calls say before and after', () => {
    let hangs = false;
    const status = createPartnerStatus({ partners: ['dk'], isHung: () => hangs });
    const read = () => status.read('dk')?.status;
    status.recordCall('dk', 'ANSWERED');
    expect(read()).toBe('ANSWERING');
    hangs = true;
    expect(read()).toBe('UNAVAILABLE');
    hangs = false;
    expect(read()).toBe('ANSWERING');
  });

  it('is UNAVAILABLE without a time until the first call', () => {
    const { status } = createWatch();
    expect(status.read('dk')).toEqual({
      status: 'UNAVAILABLE',
      statusSince: undefined,
      lastAnsweredAt: undefined,
    });
    expect(status.read('xx')).toBeUndefined();
  });

  it('is ANSWERING when calls succeed', () => {
    expect(createWatch().after('ANSWERED')).toBe('ANSWERING');
    expect(createWatch().after('ANSWERED', 'ANSWERED')).toBe('ANSWERING');
  });

  it('is DEGRADED when one call of several fails', () => {
    expect(createWatch().after('ANSWERED', 'TIMED_OUT')).toBe('DEGRADED');
    expect(createWatch().after('UNAVAILABLE', 'ANSWERED')).toBe('DEGRADED');
    expect(createWatch().after('ANSWERED', 'TIMED_OUT', 'ANSWERED', 'TIMED_OUT', 'ANSWERED')).toBe(
      'DEGRADED',
    );
  });

  it('is UNAVAILABLE when the last two calls, or the only one, got no response', () => {
    expect(createWatch().after('UNAVAILABLE')).toBe('UNAVAILABLE');
    expect(createWatch().after('ANSWERED', 'TIMED_OUT', 'UNAVAILABLE')).toBe('UNAVAILABLE');
    expect(createWatch().after('REFUSED', 'REFUSED')).toBe('UNAVAILABLE');
  });

  it('is DEGRADED when the partner’s response is invalid', () => {
    expect(createWatch().after('INVALID_RESPONSE', 'INVALID_RESPONSE', 'RESPONSE_TOO_LARGE')).toBe(
      'DEGRADED',
    );
  });

  it('is ANSWERING again half a minute after the last failure', () => {
    const { after, wait } = createWatch();
    after('ANSWERED', 'UNAVAILABLE', 'UNAVAILABLE');
    expect(after('ANSWERED')).toBe('DEGRADED');
    wait(28);
    expect(after('ANSWERED')).toBe('DEGRADED');
    wait(1);
    expect(after('ANSWERED')).toBe('ANSWERING');
  });

  it('stays the same without calls', () => {
    const { after, wait, status } = createWatch();
    after('ANSWERED', 'UNAVAILABLE', 'UNAVAILABLE');
    wait(3600);
    expect(status.read('dk')?.status).toBe('UNAVAILABLE');
  });

  it('follows the status that the partner announces', () => {
    const { after } = createWatch();
    expect(after('ANSWERED', 'MAINTENANCE')).toBe('MAINTENANCE');
    expect(after('QUARANTINED')).toBe('QUARANTINED');
  });

  it('is separate for each partner', () => {
    const { after, status } = createWatch();
    after('ANSWERED');
    expect(status.read('no')?.status).toBe('UNAVAILABLE');
    status.recordCall('xx', 'ANSWERED');
    expect(status.read('xx')).toBeUndefined();
  });
});

describe('Partner.statusSince', () => {
  it('changes with the status, and lastAnsweredAt with each response', () => {
    const { after, status } = createWatch();
    after('ANSWERED');
    after('ANSWERED');
    expect(status.read('dk')).toMatchObject({
      statusSince: new Date('2026-11-24T12:00:01Z'),
      lastAnsweredAt: new Date('2026-11-24T12:00:02Z'),
    });
    after('UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE');
    expect(status.read('dk')).toEqual({
      status: 'UNAVAILABLE',
      statusSince: new Date('2026-11-24T12:00:04Z'),
      lastAnsweredAt: new Date('2026-11-24T12:00:02Z'),
    });
  });
});
