/** For states that come some time after an event, on a machine that may be busy. */
export const patience = { timeout: 120_000, interval: 200 };
