import { clockToleranceSeconds } from './clock-tolerance.js';
import type { VerifiedSignature } from './signature-form.js';

/** Remembers what was used once, for as long as it could be used again. */
export interface ReplayGuard {
  /** True when this signature is seen for the first time. False too where that cannot be known. */
  isFirst(signature: VerifiedSignature, now: Date): boolean;
}

/** Into so many parts the window is divided. */
const partsOfWindow = 10;

/** The nonces of one part of the window, which are dropped together. */
interface Part {
  /** In seconds since the epoch. */
  readonly begun: number;
  readonly nonces: Set<string>;
  /** When the last of them was created, in seconds since the epoch. */
  created: number;
}

/**
 * Keeps nonces for `windowSeconds`, and a tenth of that more: what is remembered is bounded by what can be signed
 * meanwhile. It refuses what was created before it began, by more than clocks may differ: an earlier guard may have seen
 * that. It also refuses what is no younger than a nonce that it has forgotten, which matters when a clock is set back.
 */
export function createReplayGuard(windowSeconds: number, begun: Date): ReplayGuard {
  const partSeconds = windowSeconds / partsOfWindow;
  let parts: readonly Part[] = [];
  /** Nothing created until then is known, in seconds since the epoch. */
  let forgotten = begun.getTime() / 1000 - clockToleranceSeconds;
  /** The part of this time. The clock may have been set back, and is then far from the last one as well. */
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
      // What was cut out of a header holds on to the whole header. A copy does not.
      const own = Buffer.from(nonce).toString();
      if (parts.some(({ nonces }) => nonces.has(own))) return false;
      part.nonces.add(own);
      part.created = Math.max(part.created, created);
      return true;
    },
  };
}
