import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { LostFile } from './lost-file.js';
import { NoConnection } from './postgres-driver.js';

/** SQLite’s own: another process writes, the disk is full or fails, the file is damaged or is not to be had. */
const sqliteFaults = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_CORRUPT',
  'SQLITE_NOTADB',
  'SQLITE_PROTOCOL',
]);

/**
 * PostgreSQL’s classes: 08 connection, 25006 read only, 28 not let in, 3D no such database, 40 could not serialize,
 * 53 out of room or connections, 55P03 a lock is not to be had, 57 told to stop or out of time, 58 the system under it,
 * XX001 and XX002 damaged.
 */
const postgresFault = /^(08...|25006|28...|3D...|40...|53...|55P03|57...|58...|XX00[12])$/;

/** Node’s, of a connection that could not be made or was cut. */
const networkFaults = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);

/** Ours, and TypeORM’s for a transaction whose connection was cut between two statements. */
const lostDatabase = [
  LostFile,
  NoConnection,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
] as const;

const isFaultCode = (code: unknown): boolean =>
  typeof code === 'string' &&
  (sqliteFaults.has(code) || networkFaults.has(code) || postgresFault.test(code));

/**
 * True when the database could not do what it was asked, whatever that was: the same may succeed later. A statement
 * that fails without any code has lost its connection: both databases give a code to all that they refuse.
 */
export function isDatabaseFault(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (lostDatabase.some((kind) => error instanceof kind)) return true;
  const isQuery = error instanceof QueryFailedError;
  const { code } = (isQuery ? error.driverError : error) as { readonly code?: unknown };
  return isFaultCode(code) || (isQuery && code === undefined);
}
