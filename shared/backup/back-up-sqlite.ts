import { existsSync } from 'node:fs';
import { copyFile, link, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DataSource } from 'typeorm';
import { listRunMigrations } from '../database/data-source.js';
import { sqliteDriver } from '../database/sqlite-driver.js';
import { disclosureEntities, verifyDisclosures } from '../disclosure/index.js';
import { closeFile, describeFileFault, makeFolder } from '../files/index.js';
import { findDamage } from '../storage/check-integrity.js';
import { listTables, lookInto } from '../storage/find-database.js';
import { checkHeader, isThere, removeSqliteFiles, syncFolder } from '../storage/sqlite-file.js';
import { BackUpError, type BackUpSummary } from './back-up-error.js';
import { checkBackUp, noteRestored } from './check-back-up.js';

/** Does work on a file. What the system or SQLite has against it is told in words for its operator. */
async function onFile<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const fault = describeFileFault(error, path);
    throw fault ? new BackUpError(fault, { cause: error }) : error;
  }
}

/** @throws {@link BackUpError} where the file is not a whole database of a partner */
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
  /** Where the partner’s database lies. */
  readonly path: string;
  readonly to: string;
  readonly partner: string;
}

/**
 * Copies a SQLite database while its partner runs: one state of it, in one file, verified. The file must not be there.
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
    // SQLite reads one snapshot, and the copy has no erased data. Read-only, so that the write-ahead log stays as it is.
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

/** Whether another connection has a SQLite database open: then nobody can have it alone. */
async function isInUse(path: string): Promise<boolean> {
  if (!isThere(path)) return false;
  const source = new DataSource({ type: 'sqlite', driver: sqliteDriver, database: path });
  try {
    await source.initialize();
    // Asked first, before anything else is read, SQLite locks the whole file.
    await source.query('PRAGMA locking_mode = EXCLUSIVE');
    await source.query('SELECT 1 FROM sqlite_master');
    return false;
  } catch (error) {
    // What is damaged may be replaced.
    return (error as { readonly code?: unknown }).code === 'SQLITE_BUSY';
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

export interface RestoreSqliteOptions {
  readonly from: string;
  readonly partner: string;
  /** Where the partner’s database lies. */
  readonly path: string;
  /** Where it is noted which database is the partner’s; undefined where nowhere. */
  readonly identityFile: string | undefined;
  /** The migrations that the code has. @default the partner’s next start compares them */
  readonly migrations?: readonly string[];
  readonly at: Date;
}

/**
 * Puts a verified back-up in the place of a partner’s SQLite database, while the partner is stopped. What was there is kept
 * beside it, under a name with the time. The partner opens the copy as its own from then on.
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
