/** Measures the statements of a database. */
export interface StatementMeter {
  /**
   * A statement was handed to the database, or waits for a connection.
   * @returns what is called at its end, with its time in seconds, waiting included
   */
  begin(): (seconds: number) => void;
}

const ignore = (): void => undefined;

/** For databases that nobody measures. */
export const unmeasured: StatementMeter = { begin: () => ignore };

/** Starts to measure one statement, and returns what ends it. */
export function startStatement(meter: StatementMeter): () => void {
  if (meter === unmeasured) return ignore;
  const startedAt = performance.now();
  const end = meter.begin();
  return () => end((performance.now() - startedAt) / 1_000);
}
