/** One that answered for so long did not fail at once. */
const soundMs = 10_000;
/** So many failures in a row, with nobody left who answers, and it is not going to get better. */
const mostInARow = 5;
const firstDelayMs = 250;
const longestDelayMs = 30_000;

/** Bounds how often workers that end are replaced. */
export interface Restarts {
  /** Takes in that a worker ended, or did not start, and says how long to wait before the next. */
  delayAfter(ageMs: number): number;
  /** Whether nothing but failures came for long enough. */
  areHopeless(): boolean;
}

export function createRestarts(): Restarts {
  let inARow = 0;
  return {
    delayAfter(ageMs) {
      inARow = ageMs >= soundMs ? 1 : inARow + 1;
      return inARow === 1 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (inARow - 2));
    },
    areHopeless: () => inARow >= mostInARow,
  };
}
