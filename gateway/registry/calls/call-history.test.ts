import { describe, expect, it } from 'vitest';
import { createCallHistory } from './call-history.js';

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
