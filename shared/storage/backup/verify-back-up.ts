import { open, stat } from 'node:fs/promises';
import { describeFileError } from '../../system/file-error.js';
import { BackUpError, type BackUpSummary } from './back-up-error.js';
import { verifyPostgresBackUp } from './back-up-postgres.js';
import { verifySqliteBackUp } from './back-up-sqlite.js';
import { checkBackUp, type BackUpTarget } from './check-back-up.js';

/** The first bytes of a gzip file. */
const gzip = Buffer.from([0x1f, 0x8b]);

/**
 * Whether a back-up is of PostgreSQL; else it is of SQLite, or none.
 * @throws {@link BackUpError} where there is no file that can be read
 */
export async function isOfPostgres(path: string): Promise<boolean> {
  const refuse = (cause: NodeJS.ErrnoException): never => {
    const reason = describeFileError(cause, path) ?? `${path} cannot be read: ${cause.code}.`;
    throw new BackUpError(reason, { cause });
  };
  const found = await stat(path).catch(refuse);
  if (!found.isFile()) {
    const kind = found.isDirectory() ? 'a folder' : 'not a file';
    throw new BackUpError(`${path} is ${kind}, and a back-up is a file. Name the file.`);
  }
  const file = await open(path, 'r').catch(refuse);
  try {
    const { buffer } = await file.read(Buffer.alloc(gzip.length), 0, gzip.length, 0);
    return buffer.equals(gzip);
  } finally {
    await file.close();
  }
}

/**
 * Checks that a back-up is complete, and that this code can restore it for this partner.
 * @throws {@link BackUpError}
 */
export async function verifyBackUp(target: BackUpTarget): Promise<BackUpSummary> {
  const { from } = target;
  const summary = (await isOfPostgres(from))
    ? await verifyPostgresBackUp(from)
    : await verifySqliteBackUp(from);
  checkBackUp(summary, target);
  return summary;
}
