import { QueryFailedError } from 'typeorm';

/** SQLite’s own: another process writes, the disk is full or fails, the file is not to be had. */
const sqliteFaults = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
]);

/**
 * PostgreSQL’s classes: 08 connection, 25006 read only, 40 could not serialize, 53 out of room or connections,
 * 57 told to stop, 58 the system under it.
 */
const postgresFault = /^(08...|25006|40...|53...|57P..|58...)$/;

/** Node’s, of a connection that could not be made or was cut. */
const networkFaults = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
]);

const isFaultCode = (code: unknown): boolean =>
  typeof code === 'string' &&
  (sqliteFaults.has(code) || networkFaults.has(code) || postgresFault.test(code));

/**
 * True when the database could not do what it was asked, whatever that was: the same may succeed later. A statement
 * that fails without any code has lost its connection: both databases give a code to all that they refuse.
 */
export function isDatabaseFault(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const isQuery = error instanceof QueryFailedError;
  const { code } = (isQuery ? error.driverError : error) as { readonly code?: unknown };
  return isFaultCode(code) || (isQuery && code === undefined);
}
