import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../system/logger.js';
import { createNoticeSender } from './notice-sender.js';
import type { NoticeBatch } from './notice.js';

/** A record with so many changes, and a hub that has taken some of them. */
function openSender({ head = 0, has = null as number | null } = {}) {
  const record = { head };
  const hub = { has, isAway: false };
  const sent: string[] = [];
  const listeners = new Set<() => void>();
  const batch = (after: number, isStart: boolean): NoticeBatch => ({
    after,
    to: record.head,
    isStart,
    changes: [],
  });
  const sender = createNoticeSender({
    partner: 'dk',
    logger: silentLogger,
    times: { pollMs: 5, beatMs: 1_000_000, retryMs: 1 },
    notices: {
      readHead: async () => record.head,
      readAfter: async (after) => batch(after, false),
      readLatest: async () => batch(0, true),
    },
    async tellHub({ after, to, isStart }) {
      if (hub.isAway) throw new Error('away');
      sent.push(`${after}-${to}${isStart ? ' start' : ''}`);
      if (isStart || after === hub.has) hub.has = to;
      return { has: hub.has };
    },
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  return {
    record,
    hub,
    sent,
    sender,
    commit() {
      record.head += 1;
      for (const listener of listeners) listener();
    },
    async [Symbol.asyncDispose]() {
      await sender.stop();
    },
  };
}

const until = (sent: readonly string[], expected: readonly string[]) =>
  expect.poll(() => [...sent]).toEqual(expected);

describe('createNoticeSender', () => {
  it('sends the latest changes to a hub that has nothing', async () => {
    await using partner = openSender({ head: 3 });
    partner.sender.begin();
    await until(partner.sent, ['3-3', '0-3 start']);
  });

  it('sends what the hub does not have, after a restart of its own', async () => {
    await using partner = openSender({ head: 3, has: 1 });
    partner.sender.begin();
    await until(partner.sent, ['3-3', '1-3']);
  });

  it('sends each change after its commit, and what another process wrote', async () => {
    await using partner = openSender({ head: 1, has: 1 });
    partner.sender.begin();
    await until(partner.sent, ['1-1']);
    partner.commit();
    await until(partner.sent, ['1-1', '1-2']);
    partner.record.head = 3;
    await until(partner.sent, ['1-1', '1-2', '2-3']);
  });

  it('sends what happened while the hub was away', async () => {
    await using partner = openSender({ head: 1, has: 1 });
    partner.sender.begin();
    await until(partner.sent, ['1-1']);
    partner.hub.isAway = true;
    partner.commit();
    partner.commit();
    partner.hub.isAway = false;
    await until(partner.sent, ['1-1', '1-3']);
  });

  it('says that the record begins anew if it is shorter than what the hub has', async () => {
    await using partner = openSender({ head: 2, has: 5 });
    partner.sender.begin();
    await until(partner.sent, ['2-2', '2-2 start']);
    expect(partner.hub.has).toBe(2);
  });

  it('sends nothing after its end', async () => {
    await using partner = openSender({ head: 1, has: 1 });
    partner.sender.begin();
    await until(partner.sent, ['1-1']);
    await partner.sender.stop();
    partner.commit();
    expect(partner.sent).toEqual(['1-1']);
  });
});
