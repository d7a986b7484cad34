/**
 * Rejected work counts this many times as much. A caller who makes a few mistakes pays little. A
 * caller who sends only rejected requests is soon refused before they are read, and costs others
 * hardly anything.
 */
export const refusedWorkFactor = 20;
