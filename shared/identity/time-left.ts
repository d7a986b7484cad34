/**
 * The header in which a caller says how many milliseconds it waits for the response. It is relative, since clocks differ.
 * The hub’s signature covers it; a partner sends it back to the hub with what it asks meanwhile.
 */
export const timeLeftHeader = 'hub-time-left';

/** A caller keeps this part of its own time, and at least so many milliseconds, for the way back. */
const wayBackShare = 0.1;
const leastWayBackMs = 100;

/**
 * How long whoever is called may take, so that its response is back before its caller gives up. So each step of a chain
 * of calls has less time than the one before it, and the last one that responds names who did not.
 */
export function timeForCallee(leftMs: number): number {
  const wayBack = Math.max(leastWayBackMs, leftMs * wayBackShare);
  return Math.max(0, Math.floor(leftMs - Math.min(wayBack, leftMs / 2)));
}

/** The milliseconds in a header; undefined where there is none of this form. */
export function readTimeLeft(header: unknown): number | undefined {
  return typeof header === 'string' && /^\d{1,7}$/.test(header) ? Number(header) : undefined;
}
