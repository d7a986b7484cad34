/**
 * By how many seconds the clocks of two servers may differ. It is the same for signatures,
 * assertions and tokens, so that a request is accepted or rejected as a whole.
 */
export const clockToleranceSeconds = 5;
