/**
 * Node’s flags for processes that serve requests, also in the bench. A response is garbage as soon
 * as it is sent. A larger young generation of V8 is collected less often, and less of it is copied.
 */
export const workerFlags: readonly string[] = ['--max-semi-space-size=64'];

/** All partners of `npm start` run in one process and create as much garbage. */
export const partnersFlags: readonly string[] = [...workerFlags];
