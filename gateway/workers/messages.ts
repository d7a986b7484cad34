/** Something that a worker tells all others. */
interface Telling {
  readonly topic: string;
  readonly body: unknown;
}

/** What the primary tells a worker. */
export type ToWorker =
  /** Partners are ready: the hub may be opened. */
  | { readonly order: 'open' }
  | { readonly order: 'listen'; readonly port: number }
  /** End within ten seconds. */
  | { readonly order: 'stop' }
  /** Others have taken over: end when all that came here is answered. */
  | { readonly order: 'retire' }
  /** So many others there are; to be acknowledged. */
  | { readonly others: number; readonly id: number }
  /** What another told; to be acknowledged. */
  | (Telling & { readonly id: number })
  /** All others have taken in what this worker told. */
  | { readonly taken: number };

/** What a worker tells the primary. */
export type ToPrimary =
  /** Its code is loaded, and it hears what it is told. */
  | { readonly is: 'there' }
  | { readonly is: 'loaded' }
  | { readonly is: 'listening'; readonly url: string }
  | { readonly is: 'failed'; readonly reason: string }
  /** Once a second from when it listens. */
  | { readonly is: 'alive' }
  | (Telling & { readonly id: number })
  | { readonly took: number };

/** How often a worker says that it is alive, and how long it may be silent: one that is stuck answers nobody any more. */
export const aliveMs = 1_000;
export const silentMs = 15_000;

/** Whoever tells something waits no longer than this: one who is stuck holds nobody up. */
export const longestWaitMs = 1_000;
