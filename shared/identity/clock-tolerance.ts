/**
 * By how many seconds the clocks of two servers may differ, and each still believe what the other dates: one tolerance for
 * signatures, assertions and tokens, so that what is between the two works as a whole or is refused as a whole.
 */
export const clockToleranceSeconds = 5;
