/** Remembers what was used once, for as long as it could be used again. */
export interface ReplayGuard {
  /** True when this nonce is seen for the first time. */
  isFirst(nonce: string, now: Date): boolean;
}

/**
 * Keeps nonces for `windowSeconds`, in two halves of which the older is dropped whole: what is remembered is bounded by
 * what can be signed in twice that time.
 */
export function createReplayGuard(windowSeconds: number): ReplayGuard {
  let current = new Set<string>();
  let previous = new Set<string>();
  let turned = -Infinity;
  return {
    isFirst(nonce, now) {
      const seconds = now.getTime() / 1000;
      if (seconds - turned >= windowSeconds) {
        previous = seconds - turned >= 2 * windowSeconds ? new Set() : current;
        current = new Set();
        turned = seconds;
      }
      if (current.has(nonce) || previous.has(nonce)) return false;
      current.add(nonce);
      return true;
    },
  };
}
