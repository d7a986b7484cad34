import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createReplayGuard } from './replay-guard.js';

const later = (seconds: number) => new Date(Date.UTC(2026, 10, 24) + seconds * 1_000);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function readHeapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** The nonce of a header of usual length, taken out of it as a partner does. */
function readNonce(index: number): string {
  const header = `${'covered '.repeat(30)};nonce="${String(index).padStart(22, 'n')}"`;
  return /nonce="(\w+)"/.exec(header)?.[1] ?? '';
}

describe('createReplayGuard', () => {
  it('knows a nonce for the whole window, however many requests come meanwhile', () => {
    const guard = createReplayGuard(10);
    expect(guard.isFirst('a', later(0.9))).toBe(true);
    for (let seconds = 1; seconds <= 10; seconds += 0.5) {
      expect(guard.isFirst(`at ${seconds}`, later(seconds))).toBe(true);
      expect(guard.isFirst('a', later(seconds))).toBe(false);
    }
    expect(guard.isFirst('a', later(10.9))).toBe(false);
  });

  it('forgets it a tenth of the window later, whether or not requests came meanwhile', () => {
    const busy = createReplayGuard(10);
    const idle = createReplayGuard(10);
    for (const guard of [busy, idle]) expect(guard.isFirst('a', later(0))).toBe(true);
    for (let seconds = 0.5; seconds <= 11; seconds += 0.5) {
      busy.isFirst(`at ${seconds}`, later(seconds));
    }
    for (const guard of [busy, idle]) expect(guard.isFirst('a', later(11.5))).toBe(true);
  });

  it('knows a nonce after the clock has been set back', () => {
    const guard = createReplayGuard(10);
    expect(guard.isFirst('a', later(0))).toBe(true);
    expect(guard.isFirst('b', later(-60))).toBe(true);
    expect(guard.isFirst('a', later(-60))).toBe(false);
    expect(guard.isFirst('b', later(-51))).toBe(false);
  });

  it('keeps of a request the nonce alone', () => {
    const count = 20_000;
    const guard = createReplayGuard(10);
    const before = readHeapBytes();
    for (let index = 0; index < count; index += 1) guard.isFirst(readNonce(index), later(0));
    expect((readHeapBytes() - before) / count).toBeLessThan(120);
    expect(guard.isFirst(readNonce(0), later(1))).toBe(false);
  });
});
