/**
 * How node runs what answers requests, here and in the bench. An answer is garbage as soon as it is sent: a young
 * generation of V8 that holds the work of some milliseconds is collected less often, and less of it is copied.
 */
export const workerFlags: readonly string[] = ['--max-semi-space-size=64'];

/** The ten partners of `npm start` answer in one process, and make as much garbage. */
export const partnersFlags: readonly string[] = [...workerFlags];
