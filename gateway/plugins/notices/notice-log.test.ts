import type { changeNotices } from '@hub/shared/partner';
import { describe, expect, it } from 'vitest';
import { NoticeLog } from './notice-log.js';

const batch = (after: number, ...sequences: readonly number[]): changeNotices.NoticeBatch => ({
  after,
  to: sequences.at(-1) ?? after,
  isStart: false,
  changes: sequences.map((sequence) => ({
    sequence,
    at: '2026-11-26T12:00:00Z',
    subject: `dk:${sequence}`,
    type: 'Visit',
    version: null,
    audience: 'readers',
  })),
});
const start = (after: number, ...sequences: readonly number[]): changeNotices.NoticeBatch => ({
  ...batch(after, ...sequences),
  isStart: true,
});

/** What a stream gets that has come to a position. */
const read = (log: NoticeLog, position: number) => {
  const { isGap, notices, to } = log.read('dk', position, 100);
  return { isGap, to, sequences: notices.map(({ sequence }) => sequence) };
};

describe('NoticeLog', () => {
  it('asks a partner that it does not know for its latest changes', () => {
    const log = new NoticeLog();
    expect(log.take('dk', batch(7))).toBe(false);
    expect(log.positionOf('dk')).toBeUndefined();
    expect(log.take('dk', start(4, 5, 7))).toBe(true);
    expect(read(log, 5)).toEqual({ isGap: false, to: 7, sequences: [7] });
  });

  it('takes what continues, each change once', () => {
    const log = new NoticeLog();
    log.take('dk', start(0, 1, 2));
    expect(log.take('dk', batch(2, 4))).toBe(true);
    expect(log.take('dk', batch(2, 4, 5))).toBe(true);
    expect(read(log, 0)).toEqual({ isGap: false, to: 5, sequences: [1, 2, 4, 5] });
  });

  it('takes nothing after a hole, so that the partner sends what is between', () => {
    const log = new NoticeLog();
    log.take('dk', start(0, 1));
    expect(log.take('dk', batch(3, 4))).toBe(false);
    expect(log.positionOf('dk')).toBe(1);
  });

  it('tells a stream that changes are lost if the partner cannot send them', () => {
    const log = new NoticeLog();
    log.take('dk', start(0, 1));
    expect(log.take('dk', start(3, 4))).toBe(true);
    expect(read(log, 1)).toEqual({ isGap: true, to: 4, sequences: [4] });
  });

  it('tells a stream that changes are lost if an older back-up was put back', () => {
    const log = new NoticeLog();
    log.take('dk', start(0, 1, 2, 3));
    log.take('dk', start(2));
    expect(read(log, 3)).toEqual({ isGap: true, to: 2, sequences: [] });
  });

  it('forgets the oldest changes, and tells a slow stream so', () => {
    const log = new NoticeLog({ kept: 2 });
    log.take('dk', start(0, 1, 2, 3));
    expect(read(log, 0)).toEqual({ isGap: true, to: 3, sequences: [2, 3] });
    expect(read(log, 1)).toEqual({ isGap: false, to: 3, sequences: [2, 3] });
  });

  it('gives as many at a time as are wanted', () => {
    const log = new NoticeLog();
    log.take('dk', start(0, 1, 2, 3));
    expect(log.read('dk', 0, 2).to).toBe(2);
  });

  it('adopts what another worker knows, if it is more', () => {
    const [log, other] = [new NoticeLog(), new NoticeLog()];
    other.take('dk', start(0, 1, 2));
    for (const [partner, known] of other.list()) log.adopt(partner, known);
    expect(read(log, 0)).toEqual({ isGap: false, to: 2, sequences: [1, 2] });
    log.take('dk', batch(2, 3));
    for (const [partner, known] of other.list()) log.adopt(partner, known);
    expect(log.positionOf('dk')).toBe(3);
  });

  it('says that a partner no longer feeds it after a time of silence', () => {
    let now = 0;
    const log = new NoticeLog({ silentMs: 10, now: () => now });
    expect(log.isFedBy('dk')).toBe(false);
    log.take('dk', start(1));
    now = 9;
    expect(log.isFedBy('dk')).toBe(true);
    log.take('dk', batch(1));
    now = 18;
    expect(log.isFedBy('dk')).toBe(true);
    now = 19;
    expect(log.isFedBy('dk')).toBe(false);
  });
});
