/** The timeouts of PostgreSQL, in milliseconds. */
export interface DatabaseTimeouts {
  /** For the execution of one statement. */
  readonly statementMs: number;
  /** For one lock. */
  readonly lockMs: number;
  /** For a connection: all may be in use, or the server may not respond. */
  readonly connectionMs: number;
}

/**
 * All are shorter than the hub’s deadline for a partner, so that a caller learns the reason and
 * holds no connection.
 */
export const defaultTimeouts: DatabaseTimeouts = {
  statementMs: 4_000,
  lockMs: 3_000,
  connectionMs: 3_000,
};
