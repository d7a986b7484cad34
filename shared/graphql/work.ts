/** What a request has cost beside being a request. */
export interface Work {
  /** CPU time, in milliseconds. */
  readonly ms?: number;
  /** Bytes that came in or go out. */
  readonly bytes?: number;
}

/**
 * Work for what is then refused as the caller’s fault counts so many times as much. Who makes a mistake makes few, and
 * pays little; who sends nothing else is refused before it is read, and costs others next to nothing.
 */
export const refusedWorkFactor = 10;

/** Takes note of work that was done for one caller. */
export type Charge = (work: Work) => void;

/**
 * Measures what the process works from now on, in milliseconds. Neither the time counts in which another process had the
 * processor, nor what other threads did meanwhile.
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
