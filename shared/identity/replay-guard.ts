import { clockToleranceSeconds } from './clock-tolerance.js';
import type { VerifiedSignature } from './signature-form.js';

/** Remembers nonces for as long as they could be used again. */
export interface ReplayGuard {
  /** True if this signature is new. False also if that cannot be known. */
  isFirst(signature: VerifiedSignature, now: Date): boolean;
}

/** The number of parts of the window. */
const partsOfWindow = 10;

/** The nonces of one part of the window, which are dropped together. */
interface Part {
  /** In seconds since the epoch. */
  readonly begun: number;
  readonly nonces: Set<string>;
  /** The latest creation time in this part, in seconds since the epoch. */
  created: number;
}

/**
 * Keeps nonces for `windowSeconds` and a tenth more. It rejects requests that were created before
 * it started, except for the clock tolerance, because an earlier guard may have seen them. It also
 * rejects requests that are not newer than a dropped nonce, which matters when a clock is set back.
 */
export function createReplayGuard(windowSeconds: number, begun: Date): ReplayGuard {
  const partSeconds = windowSeconds / partsOfWindow;
  let parts: readonly Part[] = [];
  /** Nothing that was created until then is known, in seconds since the epoch. */
  let forgotten = begun.getTime() / 1000 - clockToleranceSeconds;
  /** The part of this time. If the clock was set back, it may be far from the last one. */
  const openPart = (seconds: number): Part => {
    const [last] = parts;
    if (last && Math.abs(seconds - last.begun) < partSeconds) return last;
    const part: Part = { begun: seconds, nonces: new Set(), created: 0 };
    const isKept = ({ begun }: Part) => seconds - begun < windowSeconds + partSeconds;
    for (const old of parts) if (!isKept(old)) forgotten = Math.max(forgotten, old.created);
    parts = [part, ...parts.filter(isKept)];
    return part;
  };
  return {
    isFirst({ nonce, created }, now) {
      const part = openPart(now.getTime() / 1000);
      if (created <= forgotten) return false;
      // A substring keeps the whole header in memory, so the nonce is copied.
      const own = Buffer.from(nonce).toString();
      if (parts.some(({ nonces }) => nonces.has(own))) return false;
      part.nonces.add(own);
      part.created = Math.max(part.created, created);
      return true;
    },
  };
}
