import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { OperationRecord } from './operation-record.js';

const open = (signal = new AbortController().signal) => new OperationRecord('r', signal, Infinity);

describe('OperationRecord', () => {
  it('lets any number of calls listen to a signal without a warning of Node', async () => {
    const { signal } = new AbortController();
    const warnings: Error[] = [];
    const hear = (warning: Error) => warnings.push(warning);
    process.on('warning', hear);
    open(signal);
    for (let call = 0; call < 50; call += 1) signal.addEventListener('abort', () => undefined);
    await setImmediate();
    process.off('warning', hear);
    expect(warnings).toEqual([]);
  });

  it('lists partners in the order of their codes, and is complete if all responded', () => {
    const record = open();
    for (const code of ['no', 'dk', 'se']) record.recordStatus(code, 'ANSWERED');
    expect(Object.keys(record.completeness.partners)).toEqual(['dk', 'no', 'se']);
    expect(record.completeness.complete).toBe(true);
    record.recordStatus('no', 'TIMED_OUT');
    expect(record.completeness).toMatchObject({
      complete: false,
      partners: { dk: { status: 'ANSWERED' }, no: { status: 'TIMED_OUT' } },
    });
  });

  it('keeps the first failure of a partner', () => {
    const record = open();
    record.recordStatus('no', 'TIMED_OUT');
    record.recordStatus('no', 'ANSWERED');
    record.recordStatus('no', 'UNAVAILABLE');
    expect(record.completeness.partners).toEqual({ no: { status: 'TIMED_OUT' } });
  });

  it('does not name a partner that is missing only where nothing of it was selected', () => {
    const record = open();
    const miss = (partner: string, at: string) => {
      record.recordStatus(partner, 'UNAVAILABLE');
      record.recordError({ path: [at], code: 'PARTNER_UNAVAILABLE', partner });
    };
    for (const code of ['dk', 'no']) record.recordStatus(code, 'ANSWERED');
    for (const code of ['lt', 'lv', 'no']) miss(code, 'unselected');
    miss('lt', 'selected');
    record.placeErrors(({ path }) => (path[0] === 'selected' ? [path] : []));
    expect(record.completeness).toEqual({
      complete: false,
      partners: {
        dk: { status: 'ANSWERED' },
        lt: { status: 'UNAVAILABLE' },
        no: { status: 'ANSWERED' },
      },
    });
    record.placeErrors(() => []);
    expect(record.completeness.complete).toBe(true);
  });

  it('is refused as a whole if the hub left something out, unless something may have changed', () => {
    const record = open();
    record.recordStatus('no', 'ANSWERED');
    expect(record.isRefused).toBe(false);
    record.recordOverload(['a']);
    expect([record.isRefused, record.completeness]).toEqual([
      true,
      { complete: false, partners: { no: { status: 'ANSWERED' } } },
    ]);
    record.recordChange();
    expect(record.isRefused).toBe(false);
    expect(record.errors[0]).toMatchObject({
      path: ['a'],
      extensions: { code: 'OVERLOADED', retryAfter: 1 },
    });
  });

  it('knows which partners it waits for', () => {
    const record = open();
    const isNo = (code: string) => code === 'no';
    expect(record.waitsOnlyFor(isNo)).toBe(false);
    record.beginCall('no');
    record.beginCall('no');
    record.beginCall('dk');
    expect(record.waitsOnlyFor(isNo)).toBe(false);
    record.endCall('dk');
    record.endCall('no');
    expect(record.waitsOnlyFor(isNo)).toBe(true);
    record.endCall('no');
    expect(record.waitsOnlyFor(isNo)).toBe(false);
  });

  it('lists at most 20,000 errors, and says that there are more', () => {
    const record = open();
    const refuse = (row: number) => record.recordError({ path: ['rows', row], code: 'FORBIDDEN' });
    for (let row = 0; row < 20_000; row += 1) refuse(row);
    refuse(7);
    expect([record.errors.length, record.isFull]).toEqual([20_000, false]);
    for (const row of [20_000, 20_001]) refuse(row);
    expect([record.errors.length, record.isFull]).toEqual([20_001, true]);
    const { path, extensions } = record.errors.at(-1) ?? {};
    expect({ path, extensions }).toEqual({
      path: undefined,
      extensions: { code: 'QUERY_TOO_COMPLEX', limit: 'errors', most: 20_000 },
    });
  });

  it('reports a missing partner once for each place, and a refusal once for each code', () => {
    const record = open();
    const missing = { path: ['a', 0], code: 'PARTNER_UNAVAILABLE', partner: 'no' } as const;
    record.recordError(missing);
    record.recordError({ ...missing, code: 'PARTNER_TIMED_OUT' });
    record.recordError({ ...missing, path: ['a', 1] });
    record.recordError({ path: ['b'], code: 'FORBIDDEN', partner: 'no' });
    record.recordError({ path: ['b'], code: 'NOT_FOUND', partner: 'no' });
    expect(record.errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['a', 0], 'PARTNER_UNAVAILABLE'],
      [['a', 1], 'PARTNER_UNAVAILABLE'],
      [['b'], 'FORBIDDEN'],
      [['b'], 'NOT_FOUND'],
    ]);
  });
});
