/** The cost of a request, besides being a request. */
export interface Work {
  /** CPU time, in milliseconds. */
  readonly ms?: number;
  /** Bytes of the request and the response. */
  readonly bytes?: number;
}

/** Charges work to one caller. */
export type Charge = (work: Work) => void;

/**
 * Measures work from now on, in milliseconds: the elapsed time or the CPU time of the process,
 * whichever is less. So neither the time of other processes nor that of other threads counts.
 */
export function startWork(): () => number {
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  return () => {
    const wallMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpu);
    return Math.min(wallMs, (user + system) / 1_000);
  };
}
