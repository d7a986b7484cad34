import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { NoConnection } from './postgres/postgres-driver.js';
import { LostFile } from './sqlite/lost-file.js';

/**
 * SQLite’s codes: another process writes, the disk is full or fails, the file is damaged or cannot
 * be opened.
 */
const sqliteFailures = new Set([
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
 * PostgreSQL’s classes: 08 connection, 25006 read-only, 28 access denied, 3D no such database, 40
 * serialization failure, 53 no space or connections, 55P03 lock not available, 57 stopped or timed
 * out, 58 system error, XX001 and XX002 damaged.
 */
const postgresFailure = /^(08...|25006|28...|3D...|40...|53...|55P03|57...|58...|XX00[12])$/;

/** Node’s codes for a connection that could not be made or was closed. */
const networkFailures = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
]);

/**
 * Our errors, and TypeORM’s for a transaction whose connection was closed between two statements.
 */
const lostDatabase = [
  LostFile,
  NoConnection,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
] as const;

const isFaultCode = (code: unknown): boolean =>
  typeof code === 'string' &&
  (sqliteFailures.has(code) || networkFailures.has(code) || postgresFailure.test(code));

/**
 * True if the database failed, independent of the statement: the same statement may succeed later.
 * A statement that fails without a code has lost its connection, because both databases have a code
 * for everything that they reject.
 */
export function isDatabaseFailure(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if (lostDatabase.some((kind) => error instanceof kind)) return true;
  const isQuery = error instanceof QueryFailedError;
  const { code } = (isQuery ? error.driverError : error) as { readonly code?: unknown };
  return isFaultCode(code) || (isQuery && code === undefined);
}
