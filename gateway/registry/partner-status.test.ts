import { describe, expect, it } from 'vitest';
import { createPartnerStatus, type CallOutcome } from './partner-status.js';

function createWatch() {
  let now = Date.parse('2026-11-24T12:00:00Z');
  const status = createPartnerStatus({ partners: ['dk', 'no'], clock: () => new Date(now) });
  return {
    status,
    wait: (seconds: number) => (now += seconds * 1000),
    /** Calls dk, one call a second, and tells its status after. */
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
  it('is DEGRADED, and no less, for a partner that says that it is overloaded', () => {
    const status = createPartnerStatus({ partners: ['dk'] });
    for (const outcome of ['ANSWERED', 'OVERLOADED', 'OVERLOADED', 'OVERLOADED'] as const) {
      status.recordCall('dk', outcome);
    }
    expect(status.read('dk')?.status).toBe('DEGRADED');
  });

  it('is UNAVAILABLE, since nobody knows when, until the partner was called', () => {
    const { status } = createWatch();
    expect(status.read('dk')).toEqual({
      status: 'UNAVAILABLE',
      statusSince: undefined,
      lastAnsweredAt: undefined,
    });
    expect(status.read('xx')).toBeUndefined();
  });

  it('is ANSWERING when calls are answered', () => {
    expect(createWatch().after('ANSWERED')).toBe('ANSWERING');
    expect(createWatch().after('ANSWERED', 'ANSWERED')).toBe('ANSWERING');
  });

  it('is DEGRADED when one call fails among answered ones', () => {
    expect(createWatch().after('ANSWERED', 'TIMED_OUT')).toBe('DEGRADED');
    expect(createWatch().after('UNAVAILABLE', 'ANSWERED')).toBe('DEGRADED');
    expect(createWatch().after('ANSWERED', 'TIMED_OUT', 'ANSWERED', 'TIMED_OUT', 'ANSWERED')).toBe(
      'DEGRADED',
    );
  });

  it('is UNAVAILABLE when the last two calls, or the only one, got no answer', () => {
    expect(createWatch().after('UNAVAILABLE')).toBe('UNAVAILABLE');
    expect(createWatch().after('ANSWERED', 'TIMED_OUT', 'UNAVAILABLE')).toBe('UNAVAILABLE');
    expect(createWatch().after('REFUSED', 'REFUSED')).toBe('UNAVAILABLE');
  });

  it('is DEGRADED when the partner answers, but wrongly', () => {
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

  it('stays what it was where nobody calls', () => {
    const { after, wait, status } = createWatch();
    after('ANSWERED', 'UNAVAILABLE', 'UNAVAILABLE');
    wait(3600);
    expect(status.read('dk')?.status).toBe('UNAVAILABLE');
  });

  it('follows what the partner announces', () => {
    const { after } = createWatch();
    expect(after('ANSWERED', 'MAINTENANCE')).toBe('MAINTENANCE');
    expect(after('QUARANTINED')).toBe('QUARANTINED');
  });

  it('is each partner’s own', () => {
    const { after, status } = createWatch();
    after('ANSWERED');
    expect(status.read('no')?.status).toBe('UNAVAILABLE');
    status.recordCall('xx', 'ANSWERED');
    expect(status.read('xx')).toBeUndefined();
  });
});

describe('Partner.statusSince', () => {
  it('moves with the status, and lastAnsweredAt with each answer', () => {
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
