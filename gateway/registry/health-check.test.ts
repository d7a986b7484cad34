import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CallOutcome, createPartnerStatus } from './calls/partner-status.js';
import { createHealthCheck } from './health-check.js';

const partners = ['dk', 'no'];

describe('createHealthCheck', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('checks every partner at its own interval and records the results', async () => {
    const asked: string[] = [];
    const status = createPartnerStatus({ partners });
    await using check = createHealthCheck({
      partners,
      status,
      random: () => 0.5,
      probe: (code) => {
        asked.push(code);
        return Promise.resolve(code === 'dk' ? 'ANSWERED' : 'UNAVAILABLE');
      },
    });
    await check.start();
    expect(asked).toEqual(['dk', 'no']);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(asked).toEqual(['dk', 'no']);
    await vi.advanceTimersByTimeAsync(15_001);
    expect(asked).toEqual(['dk', 'no', 'dk', 'no', 'dk', 'no']);
    expect(partners.map((code) => status.read(code)?.status)).toEqual(['ANSWERING', 'UNAVAILABLE']);
  });

  it('varies its intervals by up to a fifth', async () => {
    const asked: number[] = [];
    const draws = [0, 1];
    await using check = createHealthCheck({
      partners,
      status: createPartnerStatus({ partners }),
      random: () => draws.shift() ?? 0.5,
      probe: () => {
        asked.push(Date.now() - begun);
        return Promise.resolve('ANSWERED');
      },
    });
    const begun = Date.now();
    await check.start();
    await vi.advanceTimersByTimeAsync(18_000);
    expect(asked).toEqual([0, 0, 12_000, 18_000]);
  });

  it('checks fifty partners at once without a warning of Node', async () => {
    const warnings: Error[] = [];
    const keep = (warning: Error) => void warnings.push(warning);
    process.on('warning', keep);
    const many = Array.from({ length: 50 }, (_, index) => `p${index}`);
    await using check = createHealthCheck({
      partners: many,
      status: createPartnerStatus({ partners: many }),
      probe(_code, signal) {
        signal.addEventListener('abort', () => undefined);
        return Promise.resolve('ANSWERED');
      },
    });
    await check.checkAll();
    // Node emits warnings in a later turn.
    await new Promise((resolve) => process.nextTick(resolve));
    process.off('warning', keep);
    expect(warnings).toEqual([]);
  });

  it('never checks a partner twice at the same time', async () => {
    const answers: ((outcome: CallOutcome) => void)[] = [];
    const status = createPartnerStatus({ partners: ['dk'] });
    await using check = createHealthCheck({
      partners: ['dk'],
      status,
      probe: () => new Promise((resolve) => answers.push(resolve)),
    });
    const started = check.start();
    const first = check.checkAll();
    const second = check.checkAll();
    await vi.advanceTimersByTimeAsync(120_000);
    await started;
    expect(answers).toHaveLength(1);
    answers[0]?.('ANSWERED');
    await Promise.all([first, second]);
    expect(status.read('dk')?.status).toBe('ANSWERING');
  });

  it('reports a partner as unavailable if its probe throws', async () => {
    const status = createPartnerStatus({ partners: ['dk'] });
    await using check = createHealthCheck({
      partners: ['dk'],
      status,
      probe: () => Promise.reject(new Error('refused')),
    });
    await check.checkAll();
    expect(status.read('dk')).toMatchObject({ status: 'UNAVAILABLE', lastAnsweredAt: undefined });
  });

  it('checks and records nothing once it is closed', async () => {
    const status = createPartnerStatus({ partners: ['dk'] });
    let asked = 0;
    const check = createHealthCheck({
      partners: ['dk'],
      status,
      probe: (_code, signal) => {
        asked += 1;
        return new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(new Error('closing'))),
        );
      },
    });
    const running = check.start();
    await check.close();
    await running;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(1);
    expect(status.read('dk')?.statusSince).toBeUndefined();
  });
});
