/** A worker that served for this long did not fail at its start. */
const soundMs = 10_000;
/** After this many failures in a row without a working worker, the hub gives up. */
const mostInARow = 5;
const firstDelayMs = 250;
const longestDelayMs = 30_000;

/** Limits how often failed workers are replaced. */
export interface Restarts {
  /** Records that a worker ended or did not start. Returns how long to wait before the next one. */
  delayAfter(ageMs: number): number;
  /** True after too many failures in a row. */
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
