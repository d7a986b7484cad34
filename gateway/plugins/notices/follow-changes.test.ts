import type { Reader } from '@hub/shared/identity';
import { describe, expect, it } from 'vitest';
import { followChanges } from './follow-changes.js';
import { NoticeLog } from './notice-log.js';
import { createReadable } from './readable.js';

const analyst: Reader = {
  kind: 'person',
  organisation: 'se',
  role: 'analyst',
  subject: 'anna',
  purpose: undefined,
};

const officer = (sequence: number) => ({
  sequence,
  at: '2026-11-26T12:00:00Z',
  subject: `dk:${sequence}`,
  type: 'Officer',
  version: null,
  audience: 'readers' as const,
});

/** A stream of Denmark’s three changed officers. Their owner shows them until it is told not to. */
function openStream() {
  const state = { now: 0, isShown: true, calls: 0 };
  const log = new NoticeLog();
  log.take('dk', { after: 0, to: 0, isStart: true, changes: [] });
  const readable = createReadable({
    now: () => state.now,
    ask: async (_owner, _reader, records) => {
      state.calls += 1;
      const decision = { isReadable: state.isShown, version: 1 };
      return new Map(records.map(({ subject }) => [subject, decision]));
    },
  });
  const stream = followChanges({
    log,
    readable,
    reader: analyst,
    isWanted: () => true,
    partners: ['dk'],
    closedAs: () => undefined,
    from: new Map([['dk', 0]]),
    isLost: false,
    check: async () => undefined,
    isClosing: () => false,
    signal: new AbortController().signal,
    times: { beatMs: 1, lifeMs: 60_000 },
  });
  log.take('dk', { after: 0, to: 3, isStart: true, changes: [1, 2, 3].map(officer) });
  const next = async (): Promise<unknown> => {
    for (;;) {
      const { value } = await stream.next();
      if (value?.kind === 'change') return value.notice.subject;
      if (value?.kind === 'beat') return 'beat';
    }
  };
  return { state, next };
}

describe('followChanges', () => {
  it('asks the owner once for the changes that a client reads within a minute', async () => {
    const { state, next } = openStream();
    expect([await next(), await next(), await next()]).toEqual(['dk:1', 'dk:2', 'dk:3']);
    expect(state.calls).toBe(1);
  });

  it('uses no decision that is older than a minute, for a client that reads slowly', async () => {
    const { state, next } = openStream();
    expect(await next()).toBe('dk:1');
    state.now = 59_000;
    state.isShown = false;
    expect(await next()).toBe('dk:2');
    state.now = 61_000;
    expect(await next()).toBe('beat');
  });
});
