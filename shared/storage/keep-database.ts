import { randomUUID } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import type { DataSource } from 'typeorm';
import { isPostgres, listRunMigrations, listUnknownMigrations } from '../database/data-source.js';
import { DatabaseMark } from '../database/database-mark.entity.js';
import { inTransaction } from '../database/transaction.js';
import { isDiskFull, makeFolder } from '../system/disk.js';
import { describeFileError } from '../system/file-error.js';
import { findBrokenRecord, findDamage } from './check-integrity.js';
import { findFileDamage, lookInto, lookIntoFile } from './find-database.js';
import { holdDatabase, type Hold } from './hold-database.js';
import { readIdentityFile, type KnownDatabase } from './identity-file.js';
import type { KeepOptions, Recognition } from './keep-options.js';
import {
  DatabaseRefused,
  findForeign,
  findRefusal,
  restoreOrUse,
  type FoundDatabase,
} from './refuse-database.js';
import {
  applicationId,
  checkHeader,
  closeSqliteFiles,
  createBeside,
  describeUrl,
  filePathOf,
  hasLog,
  isThere,
  removeDrafts,
  removeSqliteFiles,
} from './sqlite-file.js';
import { findAlteredFile, watchDatabase, type Note } from './watch-database.js';

const trusting: Recognition = { file: undefined, mayBeFirst: true, isNew: false };

/**
 * Opens a partner’s database if it is the one that the partner used before and is not damaged, and
 * updates the identity file until it is closed. A new SQLite database is created beside its place,
 * so an interrupted first start can be repeated.
 * @throws {@link DatabaseRefused} with the reason and what to do
 */
export async function openKeptDatabase(options: KeepOptions): Promise<DataSource> {
  try {
    return await openChecked(options);
  } catch (error) {
    const path = filePathOf(options.url);
    const cause = path !== undefined && isOfDisk(error) && isDiskFull(path) ? full : error;
    const problem = describeFileError(cause, describeUrl(options.url));
    if (problem) throw new DatabaseRefused(problem, { cause: error });
    if (!isDamage(error)) throw error;
    const { message } = error as Error;
    throw new DatabaseRefused(
      `${describeUrl(options.url)}: the database is damaged: ${message}. Restore the newest back-up.`,
      { cause: error },
    );
  }
}

async function openChecked(options: KeepOptions): Promise<DataSource> {
  const { url, recognition = trusting } = options;
  const { file } = recognition;
  const known = file === undefined ? undefined : await readIdentityFile(file);
  const path = filePathOf(url);
  if (path !== undefined) await prepareFile(path, known, options);
  const hold = await takeHold(options);
  try {
    const source = await openWatched(options, { file, known });
    releaseWith(source, hold);
    if (path !== undefined) closeSqliteFiles(path);
    return source;
  } catch (error) {
    await hold?.release();
    throw error;
  }
}

/** Prevents a restore into the database of a running partner. For SQLite its own locks do that. */
async function takeHold({ url, partner, logger }: KeepOptions): Promise<Hold | undefined> {
  if (!isPostgres(url)) return undefined;
  const hold = await holdDatabase({ url, as: 'shared', logger });
  if (hold) return hold;
  const where = describeUrl(url);
  throw new DatabaseRefused(
    `${where}: a back-up of ${partner} is being restored. Try again later.`,
  );
}

function releaseWith(source: DataSource, hold: Hold | undefined): void {
  if (!hold) return;
  const destroy = source.destroy.bind(source);
  source.destroy = async () => {
    await destroy();
    await hold.release();
  };
}

async function openWatched(options: KeepOptions, note: Note): Promise<DataSource> {
  const { recognition = trusting } = options;
  const expected = recognition.isNew ? undefined : note.known;
  const source = await open(options, expected);
  try {
    await checkRecord(source, expected, options);
    await options.fill(source);
    const mark = await findMark(source, options);
    await watchDatabase(source, mark, options, note);
    return source;
  } catch (error) {
    await source.destroy();
    throw error;
  }
}

/** Checks a SQLite file before it is opened. A new one is created. */
async function prepareFile(
  path: string,
  known: KnownDatabase | undefined,
  options: KeepOptions,
): Promise<void> {
  const { partner, recognition: { isNew } = trusting } = options;
  makeFolder(dirname(path));
  await removeDrafts(path);
  if (!isThere(path)) {
    checkNew(known, options);
    if (hasLog(path)) {
      throw new DatabaseRefused(
        `There is a log ${path}-wal without its database. Restore the database beside it, or remove the log.`,
      );
    }
    await removeSqliteFiles(path);
    return createBeside(path, (draft) => createWhole(draft, options));
  }
  accessSync(path, constants.R_OK | constants.W_OK);
  await checkHeader(path);
  // First, before it is touched: another owner’s file is not a changed database but the wrong one.
  const found = await lookIntoFile(path);
  const foreign = found && findForeign(partner, isNew ? undefined : known, found, path);
  if (foreign) throw new DatabaseRefused(foreign);
  closeSqliteFiles(path);
  const altered = isNew ? undefined : await findAlteredFile(path, known);
  if (altered) throw new DatabaseRefused(altered);
}

/** @throws {@link DatabaseRefused} if an empty database may not be used */
function checkNew(
  known: KnownDatabase | undefined,
  { partner, url, recognition = trusting }: KeepOptions,
): void {
  if (recognition.isNew) return;
  const where = describeUrl(url);
  if (known) {
    const empty = { isEmpty: true, isForeign: false, mark: undefined };
    throw new DatabaseRefused(findRefusal(partner, known, empty, where) ?? '');
  }
  if (recognition.mayBeFirst) return;
  throw new DatabaseRefused(
    `There is no database of ${partner} at ${where}. Check DATABASE_URL. To create a new one: \`npm run db:migrate\`, or HUB_NEW_DATABASE=true for one start.`,
  );
}

/** A draft contains nothing that cannot be created again, so a damaged one is, once. */
async function createWhole(draft: string, options: KeepOptions): Promise<void> {
  await create(draft, options);
  const damage = await findDraftDamage(draft);
  if (!damage) return;
  options.logger.warn({ partner: options.partner, damage }, 'a new database is created again');
  await removeSqliteFiles(draft);
  await create(draft, options);
  const again = await findDraftDamage(draft);
  if (!again) return;
  throw new DatabaseRefused(
    `${describeUrl(options.url)}: a new database was damaged when it was closed (${again}). Check the disk, and start again.`,
  );
}

/** Nothing may be in a log, because a log is not moved with its database. */
async function findDraftDamage(draft: string): Promise<string | undefined> {
  return hasLog(draft) ? 'its log was not merged' : findFileDamage(draft);
}

async function create(draft: string, options: KeepOptions): Promise<void> {
  const source = await options.open(`sqlite:${draft}`);
  try {
    await options.fill(source);
    await insertMark(source, options);
    await source.query(`PRAGMA application_id = ${applicationId}`);
    // Here, because closing does not report a full disk.
    await source.query('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    await source.destroy();
  }
}

/** Opens it if it is complete and the expected one. */
async function open(options: KeepOptions, known: KnownDatabase | undefined): Promise<DataSource> {
  const { url, partner } = options;
  const where = describeUrl(url);
  return options.open(url, async (source) => {
    const damage = await findDamage(source);
    if (damage) throw new DatabaseRefused(`${where}: ${damage} Restore the newest back-up.`);
    const found = await lookInto(source);
    if (found.isEmpty) checkNew(known, options);
    const newer = await listUnknownMigrations(source);
    const isForeign = found.isForeign || (await isOfOthers(source, found, newer));
    const refusal = findRefusal(partner, known, { ...found, isForeign }, where);
    if (refusal) throw new DatabaseRefused(refusal);
    if (newer.length > 0) {
      throw new DatabaseRefused(
        `${where}: the database is newer than this code, which does not know ${newer.join(', ')}. Run the newer version.`,
      );
    }
  });
}

/** Each version of a partner’s code has all migrations of earlier versions. */
async function isOfOthers(
  source: DataSource,
  { mark }: FoundDatabase,
  unknown: readonly string[],
): Promise<boolean> {
  if (mark || unknown.length === 0) return false;
  return unknown.length === (await listRunMigrations(source)).length;
}

/**
 * @throws {@link DatabaseRefused} if its disclosure record is broken and the operator has not
 * accepted that
 */
async function checkRecord(
  source: DataSource,
  known: KnownDatabase | undefined,
  options: KeepOptions,
): Promise<void> {
  const { partner, url, logger, recognition = trusting } = options;
  const broken = await findBrokenRecord(source, known);
  if (!broken) return;
  const reason = `${describeUrl(url)}: ${broken} ${restoreOrUse}`;
  if (!recognition.isNew) throw new DatabaseRefused(reason);
  logger.error({ partner, reason }, 'the disclosure record is broken');
}

const hasCode = (error: unknown, codes: readonly string[]): boolean =>
  codes.some(
    (code) =>
      (error as { code?: unknown }).code === code ||
      (error as { driverError?: { code?: unknown } }).driverError?.code === code,
  );

const isDamage = (error: unknown): boolean => hasCode(error, ['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

/** SQLite’s messages about a full disk if the file itself is not too large. */
const isOfDisk = (error: unknown): boolean =>
  hasCode(error, ['SQLITE_IOERR', 'SQLITE_CANTOPEN', 'SQLITE_CORRUPT']);

const full = { code: 'ENOSPC' };

async function insertMark(
  { manager }: Pick<DataSource, 'manager'>,
  { partner, clock }: KeepOptions,
): Promise<DatabaseMark> {
  const at = clock().toISOString();
  const mark = { id: randomUUID(), partner, createdAt: at, logsBegun: 0 };
  await manager.insert(DatabaseMark, mark);
  return mark;
}

/** Adds the mark to a database of an earlier version, and to an empty PostgreSQL database. */
function findMark(source: DataSource, options: KeepOptions): Promise<DatabaseMark> {
  return inTransaction(source, async (manager) => {
    const [found] = await manager.find(DatabaseMark);
    return found ?? insertMark({ manager }, options);
  });
}
