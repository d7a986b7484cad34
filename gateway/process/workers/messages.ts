import type { Counts } from '@hub/shared/server';

/** A message from one worker to all others. */
interface Notice {
  readonly topic: string;
  readonly body: unknown;
}

/** A message from the primary to a worker. */
export type ToWorker =
  /** Partners are ready: the hub may be opened. */
  | { readonly order: 'open' }
  | { readonly order: 'listen'; readonly port: number }
  /** End within ten seconds. */
  | { readonly order: 'stop' }
  /** Others have taken over: end when all requests that came here have their response. */
  | { readonly order: 'retire' }
  /** So many others there are; to be acknowledged. */
  | { readonly others: number; readonly id: number }
  /** What another told; to be acknowledged. */
  | (Notice & { readonly id: number })
  /** All others have taken in what this worker told. */
  | { readonly taken: number }
  /** Report what has been counted. */
  | { readonly count: number }
  /** What all others have counted, and those that have ended. */
  | { readonly collected: number; readonly counts: readonly Counts[] };

/** A message from a worker to the primary. */
export type ToPrimary =
  /** Its code is loaded, and it receives messages. */
  | { readonly is: 'there' }
  | { readonly is: 'loaded' }
  | { readonly is: 'listening'; readonly url: string }
  | { readonly is: 'failed'; readonly reason: string }
  /** Once a second from when it listens. */
  | { readonly is: 'alive' }
  /** A partner has published something. */
  | { readonly is: 'refresh'; readonly partner: string }
  | (Notice & { readonly id: number })
  | { readonly took: number }
  /** What this worker has counted; 0 before it ends. */
  | { readonly counted: number; readonly counts: Counts }
  /** The same, and it wants what all others have counted. */
  | { readonly wanted: number; readonly counts: Counts };

/**
 * How often a worker reports that it is alive, and how long it may be silent. A stuck worker serves
 * nobody.
 */
export const aliveMs = 1_000;
export const silentMs = 15_000;

/** How long each step of a worker’s start may take: to load its code, to open the hub, to listen. */
export const loadMs = 120_000;

/** A notification waits no longer than this, so that a stuck worker delays nobody. */
export const longestWaitMs = 1_000;
