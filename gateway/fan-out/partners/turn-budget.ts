import { startWork } from '@hub/shared/graphql';

/** Shorter bodies take less than {@link freeMs}, whatever is in them. */
export const longBytes = 100_000;
/** A turn of the event loop that takes no longer costs nothing. A megabyte of rows takes less. */
const freeMs = 20;
/** How much time beyond that a partner may use at once, in milliseconds. */
const mostMs = 1_000;
/** How much of the time is given back each second, in milliseconds. */
const restedMs = 50;

/**
 * The time that long responses of one partner take in the hub’s event loop, where everybody else
 * waits meanwhile. Once it is spent, the hub refuses the partner’s long responses until enough time
 * has passed.
 */
export class TurnBudget {
  #usedMs = 0;
  #at: number;

  /** @param now milliseconds */
  constructor(private readonly now: () => number = () => performance.now()) {
    this.#at = now();
  }

  get isSpent(): boolean {
    return this.#rest() > mostMs;
  }

  /** Charges the CPU time of work on a long response. */
  run<Result>(work: () => Result): Result {
    const stop = startWork();
    try {
      return work();
    } finally {
      this.charge(stop());
    }
  }

  /** @param ms the CPU time of one turn, in milliseconds */
  charge(ms: number): void {
    this.#usedMs = this.#rest() + Math.max(ms - freeMs, 0);
  }

  #rest(): number {
    const now = this.now();
    this.#usedMs = Math.max(this.#usedMs - ((now - this.#at) / 1_000) * restedMs, 0);
    this.#at = now;
    return this.#usedMs;
  }
}
