import { describe, expect, it } from 'vitest';
import type { Logger } from '../../system/logger.js';
import { watchRefusals } from './authenticate-hub.js';

function open() {
  const clock = { now: 1_000_000 };
  const lines: object[] = [];
  const logger = { warn: (line: object) => void lines.push(line) } as unknown as Logger;
  return { clock, lines, watch: watchRefusals(logger, () => clock.now) };
}

describe('a partner that refuses requests', () => {
  it('logs each reason once in ten seconds, with its count', () => {
    const { clock, lines, watch } = open();
    for (let request = 0; request < 100; request += 1) watch.refused('CLOCK', 17);
    watch.refused('UNSIGNED');
    clock.now += 10_000;
    watch.refused('CLOCK', 17);
    expect(lines).toEqual([
      { reason: 'CLOCK', times: 1, skewSeconds: 17 },
      { reason: 'UNSIGNED', times: 1 },
      { reason: 'CLOCK', times: 100, skewSeconds: 17 },
    ]);
  });

  it.each([
    ['KEY', /^HUB_KEYS_FOREIGN/],
    ['PARTNER_KEY', /^OWN_KEYS_FOREIGN/],
    ['ASSERTION', /^HUB_KEYS_FOREIGN/],
    ['SIGNATURE', /^HUB_SIGNATURE_REFUSED/],
    ['CLOCK', /^CLOCK/],
  ] as const)('reports an error if nothing is accepted and the reason is %s', (reason, words) => {
    const { clock, watch } = open();
    expect(watch.findProblem()).toBeUndefined();
    watch.refused(reason);
    expect(watch.findProblem()).toMatch(words);
    clock.now += 60_000;
    expect(watch.findProblem()).toBeUndefined();
  });

  it('reports no error for foreign requests while the hub’s own pass', () => {
    const { clock, watch } = open();
    watch.refused('UNSIGNED');
    watch.refused('DIGEST');
    expect(watch.findProblem()).toBeUndefined();
    watch.accepted();
    clock.now += 15_000;
    watch.refused('KEY');
    expect(watch.findProblem()).toBeUndefined();
  });
});

describe('a partner that compares clocks', () => {
  it('does not mistake a delayed request for a wrong clock', () => {
    const { clock, lines, watch } = open();
    // The partner did not run for 9 s while three requests came.
    for (const aheadSeconds of [-8.5, -8.2, -7.9]) watch.compared(aheadSeconds);
    clock.now += 200;
    watch.compared(-0.4);
    clock.now += 15_000;
    watch.compared(-8.5);
    clock.now += 9_999;
    watch.compared(-8.5);
    expect(lines).toEqual([]);
  });

  it('does not believe a difference that may be a delay, once the clocks have agreed', () => {
    const { clock, lines, watch } = open();
    expect(watch.compared(-20)).toBe(true);
    expect(watch.compared(-0.4)).toBe(false);
    // It was stopped again and again, and nothing came in between.
    for (let stop = 0; stop < 5; stop += 1) {
      clock.now += 60_000;
      expect(watch.compared(-20)).toBe(false);
      watch.refused('CLOCK', -310);
    }
    expect(watch.findProblem()).toBeUndefined();
    expect(lines).toEqual([]);
    clock.now += 10_000;
    expect(watch.compared(-20)).toBe(true);
    expect(lines).toEqual([{ reason: 'CLOCK', skewSeconds: -20 }]);
  });

  it('reports refused requests that are old after ten seconds without any other', () => {
    const { clock, lines, watch } = open();
    watch.compared(-0.4);
    watch.accepted();
    clock.now += 400_000;
    watch.refused('CLOCK', -310);
    clock.now += 9_999;
    watch.refused('CLOCK', -310);
    expect(lines).toEqual([]);
    clock.now += 1;
    watch.refused('CLOCK', -310);
    expect(lines).toEqual([{ reason: 'CLOCK', times: 1, skewSeconds: -310 }]);
    expect(watch.findProblem()).toMatch(/^CLOCK/);
  });

  it('reports a difference if all requests of ten seconds are old, by the age of the youngest', () => {
    const { clock, lines, watch } = open();
    for (const aheadSeconds of [-9.5, -7.3, -12]) {
      watch.compared(aheadSeconds);
      clock.now += 5_000;
    }
    expect(lines).toEqual([{ reason: 'CLOCK', skewSeconds: -7 }]);
  });

  it('reports a request from the future at once, because a delay cannot cause that', () => {
    const { lines, watch } = open();
    watch.compared(5.5);
    expect(lines).toEqual([{ reason: 'CLOCK', skewSeconds: 6 }]);
  });
});
