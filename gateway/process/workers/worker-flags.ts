/**
 * Node’s flags for processes that serve requests, also in the bench. A response is garbage as soon
 * as it is sent. A larger young generation of V8 is collected less often, and less of it is copied.
 * V8 must not decide early that such objects live long: it would put all later ones among the old,
 * for as long as the process runs.
 */
export const workerFlags: readonly string[] = [
  '--max-semi-space-size=64',
  '--no-allocation-site-pretenuring',
];

/** All partners of `npm start` run in one process and create as much garbage. */
export const partnersFlags: readonly string[] = [...workerFlags];
