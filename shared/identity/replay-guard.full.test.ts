import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type ReplayGuard, createReplayGuard } from './request-signature.js';

const later = (seconds: number) => new Date(Date.UTC(2026, 10, 24) + seconds * 1_000);

/** A time in the form of a signature. */
const seconds = (after: number) => later(after).getTime() / 1_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function readHeapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** The nonce of a header of usual length, extracted as a partner does. */
function readNonce(index: number): string {
  const header = `${'covered '.repeat(30)};nonce="${String(index).padStart(22, 'n')}"`;
  return /nonce="(\w+)"/.exec(header)?.[1] ?? '';
}

/**
 * Whether a guard accepts a nonce at a time, for a request that was created then. @default at that
 * same time
 */
const takes = (guard: ReplayGuard, nonce: string, at: number, created = at): boolean =>
  guard.isFirst({ nonce, created: seconds(created) }, later(at));

describe('createReplayGuard', () => {
  it('remembers a nonce for the whole window, however many requests come meanwhile', () => {
    const guard = createReplayGuard(10, later(0));
    expect(takes(guard, 'a', 0.9)).toBe(true);
    for (let at = 1; at <= 10; at += 0.5) {
      expect(takes(guard, `at ${at}`, at)).toBe(true);
      expect(takes(guard, 'a', at)).toBe(false);
    }
    expect(takes(guard, 'a', 10.9)).toBe(false);
  });

  it('drops it a tenth of the window later, with or without other requests', () => {
    const busy = createReplayGuard(10, later(0));
    const idle = createReplayGuard(10, later(0));
    for (const guard of [busy, idle]) expect(takes(guard, 'a', 0)).toBe(true);
    for (let at = 0.5; at <= 11; at += 0.5) takes(busy, `at ${at}`, at);
    for (const guard of [busy, idle]) expect(takes(guard, 'a', 11.5)).toBe(true);
  });

  it('remembers a nonce after the clock has been set back', () => {
    const guard = createReplayGuard(10, later(-120));
    expect(takes(guard, 'a', 0)).toBe(true);
    expect(takes(guard, 'b', -60)).toBe(true);
    expect(takes(guard, 'a', -60)).toBe(false);
    expect(takes(guard, 'b', -51)).toBe(false);
  });

  it('rejects dropped nonces when the clock is set back, and accepts newer ones', () => {
    const guard = createReplayGuard(300, later(0));
    expect(takes(guard, 'captured', 10)).toBe(true);
    expect(takes(guard, 'meanwhile', 400)).toBe(true);
    expect(takes(guard, 'captured', 100, 10)).toBe(false);
    expect(takes(guard, 'younger', 100, 11)).toBe(true);
  });

  it('rejects requests from before its start, except for the clock tolerance', () => {
    const guard = createReplayGuard(300, later(0));
    expect(takes(guard, 'captured', 1, -5)).toBe(false);
    expect(takes(guard, 'on its way', 1, -4)).toBe(true);
  });

  it('keeps only the nonce of a request', () => {
    const count = 20_000;
    const guard = createReplayGuard(10, later(0));
    const before = readHeapBytes();
    for (let index = 0; index < count; index += 1) takes(guard, readNonce(index), 0);
    expect((readHeapBytes() - before) / count).toBeLessThan(120);
    expect(takes(guard, readNonce(0), 1)).toBe(false);
  });
});
