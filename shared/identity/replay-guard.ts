/** Remembers what was used once, for as long as it could be used again. */
export interface ReplayGuard {
  /** True when this nonce is seen for the first time. */
  isFirst(nonce: string, now: Date): boolean;
}

/** Into so many parts the window is divided. */
const partsOfWindow = 10;

/** The nonces of one part of the window, which are dropped together. */
interface Part {
  /** In seconds since the epoch. */
  readonly begun: number;
  readonly nonces: Set<string>;
}

/**
 * Keeps nonces for `windowSeconds`, and a tenth of that more: what is remembered is bounded by what can be signed
 * meanwhile.
 */
export function createReplayGuard(windowSeconds: number): ReplayGuard {
  const partSeconds = windowSeconds / partsOfWindow;
  let parts: readonly Part[] = [];
  /** The part of this time. The clock may have been set back, and is then far from the last one as well. */
  const openPart = (seconds: number): Part => {
    const [last] = parts;
    if (last && Math.abs(seconds - last.begun) < partSeconds) return last;
    const part: Part = { begun: seconds, nonces: new Set() };
    const isKept = ({ begun }: Part) => seconds - begun < windowSeconds + partSeconds;
    parts = [part, ...parts.filter(isKept)];
    return part;
  };
  return {
    isFirst(nonce, now) {
      const { nonces } = openPart(now.getTime() / 1000);
      // What was cut out of a header holds on to the whole header. A copy does not.
      const own = Buffer.from(nonce).toString();
      if (parts.some((part) => part.nonces.has(own))) return false;
      nonces.add(own);
      return true;
    },
  };
}
