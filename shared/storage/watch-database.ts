import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { DataSource } from 'typeorm';
import { findLostFile } from '../database/sqlite/lost-file.js';
import { inTransaction, onCommit, takeInLog } from '../database/transaction.js';
import { readHead } from '../disclosure/index.js';
import { DatabaseMark } from './database-mark.entity.js';
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
    return `${path} was overwritten while ${known.partner} had it open, as was noticed at ${known.overwrittenAt}. It may mix two databases. ${restoreOrUse}`;
  }
  // After an unclean shutdown, the mark of the open database shows whether the log is complete.
  if (known?.fileHash === undefined) return undefined;
  if (hasLog(path)) {
    return `${path} was closed cleanly, but there is a log ${path}-wal that is not its own. Remove the log if the database is the right one. ${restoreOrUse}`;
  }
  if ((await hashFile(path)) === known.fileHash) return undefined;
  return `${path} was changed after ${known.partner} had closed it at ${known.at}. ${restoreOrUse}`;
}

export interface Note {
  /** The identity file; undefined if there is no place for it. */
  readonly file: string | undefined;
  /** The earlier record. */
  readonly known: KnownDatabase | undefined;
}

/**
 * Updates the identity file of a database until it is closed, and merges SQLite’s log into the
 * file, so that the file alone is complete.
 */
export async function watchDatabase(
  source: DataSource,
  { id, logsBegun: foundLogs }: Pick<DatabaseMark, 'id' | 'logsBegun'>,
  { partner, url, clock, logger }: Pick<KeepOptions, 'partner' | 'url' | 'clock' | 'logger'>,
  { file, known }: Note,
): Promise<void> {
  const path = filePathOf(url);
  let last = await readHead(source.manager);
  let isBehind = false;
  let logsBegun = foundLogs;
  let overwritten: Pick<KnownDatabase, 'overwrittenAt'> = {};
  /** One after the other, so that the last record stays. */
  let noting = Promise.resolve();
  const note = (closed: Pick<KnownDatabase, 'fileHash'> = {}): Promise<void> => {
    const { links, hash: lastHash } = last;
    const at = clock().toISOString();
    const noted = {
      partner,
      database: id,
      links,
      lastHash,
      logsBegun,
      at,
      ...overwritten,
      ...closed,
    };
    // A start without changes leaves the record unchanged.
    const isSame =
      closed.fileHash !== undefined &&
      isDeepStrictEqual({ ...known, at: '' }, { ...noted, at: '' });
    const write = () =>
      file === undefined ? undefined : writeIdentityFile(file, isSame && known ? known : noted);
    noting = noting.then(write).catch((error: Error) => {
      logger.error(
        { partner, file, reason: error.message },
        'the identity file could not be updated',
      );
    });
    return noting;
  };
  const catchUp = async (): Promise<void> => {
    if (path === undefined) return;
    isBehind = false;
    await takeInLog(source);
  };
  await catchUp();
  await note();

  let isLost = false;
  const findLoss = async () => {
    const loss = await findLostFile(source);
    if (loss && !isLost) logger.error({ partner, path, ...loss }, 'a file of the database is lost');
    isLost = loss !== undefined;
    // Closing merges the log into the file. The next start must not accept the result as the data.
    if (loss?.how === 'overwritten' && !overwritten.overwrittenAt) {
      overwritten = { overwrittenAt: clock().toISOString() };
      await note();
    }
    return loss;
  };
  const lookAgain = async () => {
    const loss = await findLoss();
    // Its log has all that is left of the written data, so it stays.
    if (loss?.file === 'database') return;
    const wasBehind = isBehind;
    await catchUp();
    const found = await readHead(source.manager);
    if (found.links === last.links && !wasBehind) return;
    last = found;
    await note();
  };
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    looking ??= lookAgain()
      .catch((error: Error) =>
        logger.warn({ partner, reason: error.message }, 'the database could not be checked'),
      )
      .finally(() => (looking = undefined));
  }, watchMs).unref();
  let counting: Promise<void> | undefined;
  if (path !== undefined && file !== undefined) {
    onCommit(source, () => {
      if (isBehind) return;
      isBehind = true;
      // Recorded after it is in the log, so that a kill in between does not look like a lost log.
      counting = countLog(source)
        .then((counted) => {
          logsBegun = counted;
          return note();
        })
        .catch((error: Error) =>
          logger.warn({ partner, reason: error.message }, 'the log could not be counted'),
        );
    });
  }

  const destroy = source.destroy.bind(source);
  source.destroy = async () => {
    clearInterval(timer);
    await looking;
    await counting;
    const isItsOwn = (await findLoss())?.file !== 'database';
    if (isItsOwn) last = await readHead(source.manager).catch(() => last);
    await destroy();
    // If its log still exists, another process has it open. That process records the closing.
    const isClosed =
      path !== undefined && isItsOwn && existsSync(path) && !existsSync(`${path}-wal`);
    await note(isClosed ? { fileHash: await hashFile(path) } : {});
  };
}

/** Counts, in the log itself, that SQLite's log has data that its file lacks. */
function countLog(source: DataSource): Promise<number> {
  return inTransaction(source, async (manager) => {
    await manager.query('UPDATE "database_mark" SET "logs_begun" = "logs_begun" + 1');
    const [mark] = await manager.find(DatabaseMark);
    return mark?.logsBegun ?? 0;
  });
}
