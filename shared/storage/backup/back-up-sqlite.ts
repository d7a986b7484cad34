import { existsSync } from 'node:fs';
import { copyFile, link, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import { listRunMigrations } from '../../database/data-source.js';
import { sqliteDriver } from '../../database/sqlite/sqlite-driver.js';
import { disclosureEntities } from '../../records/chain/stored.entity.js';
import { verifyDisclosures } from '../../records/disclosure/verify.js';
import { makeFolder } from '../../system/disk.js';
import { describeFileError } from '../../system/file-error.js';
import { closeFile } from '../../system/private-files.js';
import { findDamage } from '../check-integrity.js';
import { listTables, lookInto } from '../find-database.js';
import { checkHeader, isThere, removeSqliteFiles, syncFolder } from '../sqlite-file.js';
import { BackUpError, type BackUpSummary } from './back-up-error.js';
import { checkBackUp, noteRestored } from './check-back-up.js';

/** Works on a file. Turns errors of the system and of SQLite into messages for the operator. */
async function onFile<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const problem = describeFileError(error, path);
    throw problem ? new BackUpError(problem, { cause: error }) : error;
  }
}

/** @throws {@link BackUpError} if the file is not a complete database of a partner */
export async function verifySqliteBackUp(path: string): Promise<BackUpSummary> {
  if (!isThere(path)) throw new BackUpError(`There is no database at ${path}.`);
  await checkHeader(path);
  const entities = disclosureEntities;
  const source = new DataSource({ type: 'sqlite', driver: sqliteDriver, database: path, entities });
  await source.initialize();
  try {
    const damage = await findDamage(source);
    if (damage) throw new BackUpError(`${path}: ${damage}`);
    const { mark } = await lookInto(source);
    if (!mark) throw new BackUpError(`${path} has no mark of a partner.`);
    const record = await verifyDisclosures(source);
    if (!record.isWhole) {
      throw new BackUpError(`${path}: the disclosure record is broken at ${record.sequence}.`);
    }
    const { links, lastHash } = record;
    const rows = await countRows(source);
    const migrations = await listRunMigrations(source);
    return { partner: mark.partner, database: mark.id, migrations, rows, links, lastHash };
  } finally {
    await source.destroy();
  }
}

async function countRows(source: DataSource): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const name of await listTables(source)) {
    if (name === 'migrations') continue;
    const [found] = await source.query<{ count: number }[]>(
      `SELECT count(*) AS count FROM "${name}"`,
    );
    rows[name] = found?.count ?? 0;
  }
  return rows;
}

export interface BackUpSqliteOptions {
  /** The path of the partner’s database. */
  readonly path: string;
  readonly to: string;
  readonly partner: string;
}

/**
 * Copies one state of a SQLite database into a new file while its partner runs, and verifies the
 * copy.
 * @throws {@link BackUpError}
 */
export const backUpSqlite = (options: BackUpSqliteOptions): Promise<BackUpSummary> =>
  onFile(options.to, () => copyVerified(options));

async function copyVerified({ path, to, partner }: BackUpSqliteOptions): Promise<BackUpSummary> {
  if (!isThere(path)) throw new BackUpError(`There is no database at ${path}.`);
  if (existsSync(to)) throw new BackUpError(`${to} exists already.`);
  makeFolder(dirname(to));
  const draft = `${to}.new-${process.pid}`;
  try {
    // SQLite reads one snapshot, and the copy has no deleted data. Read-only, so that the
    // write-ahead log does not change.
    const source = new DataSource({
      type: 'sqlite',
      driver: sqliteDriver,
      database: path,
      flags: readOnly,
    });
    await source.initialize();
    try {
      await source.query('VACUUM INTO ?', [draft]);
    } finally {
      await source.destroy();
    }
    closeFile(draft);
    const summary = await verifySqliteBackUp(draft);
    if (summary.partner !== partner) {
      throw new BackUpError(`${path} belongs to ${summary.partner}, not to ${partner}.`);
    }
    await link(draft, to);
    await syncFolder(dirname(to));
    return summary;
  } finally {
    await removeSqliteFiles(draft);
  }
}

/** SQLite’s `SQLITE_OPEN_READONLY`. */
const readOnly = 1;

/**
 * Whether another connection has a SQLite database open, so that it cannot be locked exclusively.
 */
async function isInUse(path: string): Promise<boolean> {
  if (!isThere(path)) return false;
  const source = new DataSource({ type: 'sqlite', driver: sqliteDriver, database: path });
  try {
    await source.initialize();
    // Must come before anything is read: then SQLite locks the whole file.
    await source.query('PRAGMA locking_mode = EXCLUSIVE');
    await source.query('SELECT 1 FROM sqlite_master');
    return false;
  } catch (error) {
    // A damaged database may be replaced.
    return (error as { readonly code?: unknown }).code === 'SQLITE_BUSY';
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

export interface RestoreSqliteOptions {
  readonly from: string;
  readonly partner: string;
  /** The path of the partner’s database. */
  readonly path: string;
  /** The file that notes the identity of the partner’s database. Undefined if there is none. */
  readonly identityFile: string | undefined;
  /** The migrations of the code. @default the partner’s next start compares them */
  readonly migrations?: readonly string[];
  readonly at: Date;
}

/**
 * Replaces a partner’s SQLite database by a verified back-up while the partner is stopped. The old
 * database stays beside it, under a name with the time. The partner then accepts the copy as its
 * own.
 * @throws {@link BackUpError}
 */
export const restoreSqlite = (options: RestoreSqliteOptions): Promise<BackUpSummary> =>
  onFile(options.path, () => putInPlace(options));

async function putInPlace({
  from,
  partner,
  path,
  identityFile,
  migrations,
  at,
}: RestoreSqliteOptions): Promise<BackUpSummary> {
  const summary = await verifySqliteBackUp(from);
  checkBackUp(summary, { from, partner, migrations });
  if (await isInUse(path)) {
    throw new BackUpError(`${path} is in use. Stop the partner ${partner} first.`);
  }
  makeFolder(dirname(path));
  const draft = `${path}.new-${process.pid}`;
  try {
    await copyFile(from, draft);
    closeFile(draft);
    const aside = `${path}.before-${at.toISOString().replaceAll(':', '-')}`;
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(`${path}${suffix}`)) await rename(`${path}${suffix}`, `${aside}${suffix}`);
    }
    await rename(draft, path);
    await syncFolder(dirname(path));
  } finally {
    await removeSqliteFiles(draft);
  }
  await noteRestored(identityFile, summary, at);
  return summary;
}
