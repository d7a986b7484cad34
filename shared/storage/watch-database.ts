import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { DataSource } from 'typeorm';
import { DatabaseMark } from '../database/database-mark.entity.js';
import { findLostFile } from '../database/sqlite/lost-file.js';
import { inTransaction, onCommit, takeInLog } from '../database/transaction.js';
import { readHead } from '../records/chain/append-rows.js';
import { describeContent } from './find-database.js';
import { hashFile, writeIdentityFile, type KnownDatabase } from './identity-file.js';
import type { KeepOptions } from './keep-options.js';
import { restoreOrUse } from './refuse-database.js';
import { filePathOf, hasLog } from './sqlite-file.js';

/** How often the identity file is updated and the log is merged into the file. */
const watchMs = 10_000;

/**
 * How a SQLite file was changed after its partner had ended, if that is visible before it is
 * opened; undefined if it was not.
 */
export async function findAlteredFile(
  path: string,
  known: KnownDatabase | undefined,
): Promise<string | undefined> {
  if (known?.overwrittenAt !== undefined) {
    return `${path} was overwritten while ${known.partner} had it open, as was noticed at ${known.overwrittenAt}. ${await describeContent(path, known)}`;
  }
  // After an unclean shutdown, the mark of the open database shows whether the log is complete.
  if (known?.fileHash === undefined) return undefined;
  if (hasLog(path)) {
    return `${path} was closed cleanly, but there is a log ${path}-wal that is not its own. Remove the log if the database is the right one. ${restoreOrUse}`;
  }
  if ((await hashFile(path)) === known.fileHash) return undefined;
  return `${path} was changed after ${known.partner} had closed it at ${known.at}. ${await describeContent(path, known)}`;
}

export interface Note {
  /** The identity file; undefined if there is no place for it. */
  readonly file: string | undefined;
  /** The earlier record. */
  readonly known: KnownDatabase | undefined;
}

type WatchOptions = Pick<KeepOptions, 'partner' | 'url' | 'clock' | 'logger'>;

/** An open database, and what is known of it. */
interface WatchedDatabase extends Note, Omit<WatchOptions, 'url'>, Pick<DatabaseMark, 'id'> {
  readonly source: DataSource;
  /** The path of a SQLite file. */
  readonly path: string | undefined;
  /** The end of the record of disclosures. */
  last: Awaited<ReturnType<typeof readHead>>;
  logsBegun: number;
  /** Whether SQLite’s log has data that its file lacks. */
  isBehind: boolean;
  isLost: boolean;
  overwritten: Pick<KnownDatabase, 'overwrittenAt'>;
  /** The writes of the identity file, one after the other, so that the last record stays. */
  noting: Promise<void>;
}

/**
 * Updates the identity file of a database until it is closed, and merges SQLite’s log into the
 * file, so that the file alone is complete.
 */
export async function watchDatabase(
  source: DataSource,
  { id, logsBegun }: Pick<DatabaseMark, 'id' | 'logsBegun'>,
  { partner, url, clock, logger }: WatchOptions,
  { file, known }: Note,
): Promise<void> {
  const database: WatchedDatabase = {
    partner,
    clock,
    logger,
    file,
    known,
    source,
    id,
    path: filePathOf(url),
    last: await readHead(source.manager),
    logsBegun,
    isBehind: false,
    isLost: false,
    overwritten: {},
    noting: Promise.resolve(),
  };
  await catchUp(database);
  await note(database);
  const looking = lookAtIntervals(database);
  const counting = countLogs(database);
  const destroy = source.destroy.bind(source);
  source.destroy = async () => {
    await looking.end();
    await counting.end();
    await noteClosing(database, destroy);
  };
}

/** Writes the identity file, after the earlier writes of it. */
function note(
  database: WatchedDatabase,
  closed: Pick<KnownDatabase, 'fileHash'> = {},
): Promise<void> {
  const { partner, id, last, logsBegun, overwritten, clock, logger, file, known } = database;
  const noted = {
    partner,
    database: id,
    links: last.links,
    lastHash: last.hash,
    logsBegun,
    at: clock().toISOString(),
    ...overwritten,
    ...closed,
  };
  // A start without changes leaves the record unchanged.
  const isSame =
    closed.fileHash !== undefined && isDeepStrictEqual({ ...known, at: '' }, { ...noted, at: '' });
  const write = () =>
    file === undefined ? undefined : writeIdentityFile(file, isSame && known ? known : noted);
  database.noting = database.noting.then(write).catch((error: Error) => {
    logger.error(
      { partner, file, reason: error.message },
      'the identity file could not be updated',
    );
  });
  return database.noting;
}

async function catchUp(database: WatchedDatabase): Promise<void> {
  if (database.path === undefined) return;
  database.isBehind = false;
  try {
    await takeInLog(database.source);
  } catch (error) {
    database.isBehind = true;
    throw error;
  }
}

/** Looks at the database from time to time, one look after the other. */
function lookAtIntervals(database: WatchedDatabase): { end(): Promise<void> } {
  const { partner, logger } = database;
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= look(database)
      .catch((error: Error) =>
        logger.warn({ partner, reason: error.message }, 'the database could not be checked'),
      )
      .finally(() => (looking = undefined));
  }, watchMs).unref();
  return {
    async end() {
      clearInterval(timer);
      await looking;
    },
  };
}

async function look(database: WatchedDatabase): Promise<void> {
  const loss = await findLoss(database);
  // Its log has all that is left of the written data, so it stays.
  if (loss?.file === 'database') return;
  const wasBehind = database.isBehind;
  await catchUp(database);
  const found = await readHead(database.source.manager);
  if (found.links === database.last.links && !wasBehind) return;
  database.last = found;
  await note(database);
}

async function findLoss(database: WatchedDatabase): ReturnType<typeof findLostFile> {
  const { source, partner, path, clock, logger } = database;
  const loss = await findLostFile(source);
  if (loss && !database.isLost)
    logger.error({ partner, path, ...loss }, 'a file of the database is lost');
  database.isLost = loss !== undefined;
  // Closing merges the log into the file. The next start must not accept the result as the data.
  if (loss?.how === 'overwritten' && !database.overwritten.overwrittenAt) {
    database.overwritten = { overwrittenAt: clock().toISOString() };
    await note(database);
  }
  return loss;
}

/** Counts each time that SQLite’s log has data again. */
function countLogs(database: WatchedDatabase): { end(): Promise<void> } {
  const { source, path, file, partner, logger } = database;
  let counting: Promise<void> | undefined;
  if (path !== undefined && file !== undefined) {
    onCommit(source, () => {
      if (database.isBehind) return;
      database.isBehind = true;
      // Recorded after it is in the log, so that a kill in between does not look like a lost log.
      counting = countLog(source)
        .then((counted) => {
          database.logsBegun = counted;
          return note(database);
        })
        .catch((error: Error) =>
          logger.warn({ partner, reason: error.message }, 'the log could not be counted'),
        );
    });
  }
  return { end: async () => counting };
}

/** Closes the database, and records that it was closed cleanly. */
async function noteClosing(database: WatchedDatabase, destroy: () => Promise<void>): Promise<void> {
  const { source, path } = database;
  const isItsOwn = (await findLoss(database))?.file !== 'database';
  if (isItsOwn) database.last = await readHead(source.manager).catch(() => database.last);
  await destroy();
  // If its log still exists, another process has it open. That process records the closing.
  const isClosed = path !== undefined && isItsOwn && existsSync(path) && !existsSync(`${path}-wal`);
  await note(database, isClosed ? { fileHash: await hashFile(path) } : {});
}

/** Counts, in the log itself, that SQLite's log has data that its file lacks. */
function countLog(source: DataSource): Promise<number> {
  return inTransaction(source, async (manager) => {
    await manager.query('UPDATE "database_mark" SET "logs_begun" = "logs_begun" + 1');
    const [mark] = await manager.find(DatabaseMark);
    return mark?.logsBegun ?? 0;
  });
}
