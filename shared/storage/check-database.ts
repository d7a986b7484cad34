import type { DataSource } from 'typeorm';
import { listUnknownMigrations } from '../database/data-source.js';
import { DatabaseMark } from '../database/database-mark.entity.js';
import { findLostFile } from '../database/sqlite/lost-file.js';
import { inTransaction } from '../database/transaction.js';
import { isDiskFull } from '../system/disk.js';

const reasons: Readonly<Record<string, string>> = {
  SQLITE_FULL: 'The disk is full.',
  '53100': 'The disk is full.',
  SQLITE_READONLY: 'The database is read-only.',
  '25006': 'The database is read-only.',
  SQLITE_CORRUPT: 'The database is damaged.',
  SQLITE_NOTADB: 'The database is damaged.',
  XX001: 'The database is damaged.',
  XX002: 'The database is damaged.',
};

/** Another transaction is running, which is not an error of the database. */
const busy: ReadonlySet<unknown> = new Set(['SQLITE_BUSY', 'SQLITE_LOCKED', '55P03', '57014']);

/**
 * Why a partner cannot serve from its database now; undefined if it can. It writes and rolls back.
 */
export async function checkDatabase(source: DataSource): Promise<string | undefined> {
  if (!source.isInitialized) return 'The database is closed.';
  try {
    // First, because a file that others have overwritten cannot be read either.
    const problem = await checkFile(source);
    if (problem) return problem;
    const newer = await listUnknownMigrations(source);
    if (newer.length > 0) return 'The database is newer than this code.';
    return await tryToWrite(source);
  } catch (error) {
    const code = codeOf(error);
    if (busy.has(code)) return undefined;
    return reasons[String(code)] ?? 'The database does not respond.';
  }
}

const codeOf = (error: unknown): unknown =>
  (error as { driverError?: { code?: unknown } }).driverError?.code ??
  (error as { code?: unknown }).code;

async function checkFile(source: DataSource): Promise<string | undefined> {
  const { type, database } = source.options;
  if (type !== 'sqlite' || database === ':memory:') return undefined;
  const loss = await findLostFile(source);
  if (loss) return `The file of the ${loss.file} was ${loss.how} while it was open.`;
  return isDiskFull(String(database)) ? 'The disk is full.' : undefined;
}

class TakenBack extends Error {}

async function tryToWrite(source: DataSource): Promise<undefined> {
  if (!source.hasMetadata(DatabaseMark)) return;
  try {
    await inTransaction(source, async (manager) => {
      await manager.query('UPDATE "database_mark" SET "partner" = "partner"');
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
}
