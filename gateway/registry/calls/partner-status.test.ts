import { describe, expect, it } from 'vitest';
import { type CallOutcome, createCallHistory, createPartnerStatus } from './partner-status.js';

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

const start = Date.parse('2026-11-24T12:00:00Z');

function createHistory() {
  let now = start;
  const history = createCallHistory({ partners: ['dk', 'no'], clock: () => new Date(now) });
  return { history, wait: (seconds: number) => (now += seconds * 1_000) };
}

const at = (seconds: number) => new Date(start + seconds * 1_000);

describe('Partner.responseTimes', () => {
  it('is unknown before the first response, and for partners that are not in the network', () => {
    const { history } = createHistory();
    history.recordResponseTime('xx', 1);
    expect(history.responseTimesOf('dk')).toBeUndefined();
    expect(history.responseTimesOf('xx')).toBeUndefined();
  });

  it('has the time that half, and 99 of 100 responses did not exceed', () => {
    const { history } = createHistory();
    for (let ms = 200; ms >= 1; ms -= 1) history.recordResponseTime('dk', ms);
    expect(history.responseTimesOf('dk')).toEqual({ count: 200, medianMs: 100, p99Ms: 198 });
    history.recordResponseTime('no', 1.234);
    expect(history.responseTimesOf('no')).toEqual({ count: 1, medianMs: 1.2, p99Ms: 1.2 });
  });

  it('forgets responses after ten minutes', () => {
    const { history, wait } = createHistory();
    history.recordResponseTime('dk', 900);
    wait(599);
    history.recordResponseTime('dk', 5);
    expect(history.responseTimesOf('dk')).toMatchObject({ count: 2, p99Ms: 900 });
    wait(1);
    expect(history.responseTimesOf('dk')).toEqual({ count: 1, medianMs: 5, p99Ms: 5 });
    wait(600);
    expect(history.responseTimesOf('dk')).toBeUndefined();
  });

  it('counts the newest 512 responses at most', () => {
    const { history } = createHistory();
    history.recordResponseTime('dk', 9_000);
    for (let index = 0; index < 512; index += 1) history.recordResponseTime('dk', 3);
    expect(history.responseTimesOf('dk')).toEqual({ count: 512, medianMs: 3, p99Ms: 3 });
  });
});

describe('Partner.recentFailures', () => {
  it('has nothing of responses, nor of partners that are not in the network', () => {
    const { history } = createHistory();
    history.recordOutcome('dk', 'ANSWERED');
    history.recordOutcome('xx', 'TIMED_OUT');
    expect([history.failuresOf('dk'), history.failuresOf('xx')]).toEqual([[], []]);
  });

  it('counts failures of one kind as one until a minute passes without them', () => {
    const { history, wait } = createHistory();
    history.recordOutcome('dk', 'TIMED_OUT');
    wait(15);
    history.recordOutcome('dk', 'REFUSED');
    wait(45);
    history.recordOutcome('dk', 'TIMED_OUT');
    wait(61);
    history.recordOutcome('dk', 'TIMED_OUT');
    expect(history.failuresOf('dk')).toEqual([
      { kind: 'TIMED_OUT', firstAt: at(121), lastAt: at(121), count: 1 },
      { kind: 'TIMED_OUT', firstAt: at(0), lastAt: at(60), count: 2 },
      { kind: 'REFUSED', firstAt: at(15), lastAt: at(15), count: 1 },
    ]);
    expect(history.failuresOf('no')).toEqual([]);
  });

  it('keeps the newest ten', () => {
    const { history, wait } = createHistory();
    for (let index = 0; index < 11; index += 1) {
      history.recordOutcome('dk', 'UNAVAILABLE');
      wait(61);
    }
    const failures = history.failuresOf('dk');
    expect(failures).toHaveLength(10);
    expect(failures.map(({ firstAt }) => firstAt)).not.toContainEqual(at(0));
  });
});
