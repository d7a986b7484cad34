/**
 * The header with the number of milliseconds that a caller waits for the response. It is relative,
 * because clocks differ. The hub’s signature covers it. A partner sends it to the hub with its own
 * requests meanwhile.
 */
export const timeLeftHeader = 'hub-time-left';

/**
 * A caller reserves this part of its own time, and at least this many milliseconds, for the way
 * back.
 */
const wayBackPart = 0.1;
const leastWayBackMs = 100;

/**
 * How long the called server may take, so that its response arrives before its caller stops
 * waiting. So each step of a chain of calls has less time than the one before it, and the last one
 * that responds names those that did not.
 */
export function timeForCallee(leftMs: number): number {
  const wayBack = Math.max(leastWayBackMs, leftMs * wayBackPart);
  return Math.max(0, Math.floor(leftMs - Math.min(wayBack, leftMs / 2)));
}

/** The milliseconds in a header. Undefined for another form. */
export function readTimeLeft(header: unknown): number | undefined {
  return typeof header === 'string' && /^\d{1,7}$/.test(header) ? Number(header) : undefined;
}
