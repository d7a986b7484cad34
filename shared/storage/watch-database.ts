import { existsSync, statSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { DataSource } from 'typeorm';
import { onCommit } from '../database/transaction.js';
import { writerOf } from '../database/writer.js';
import { readHead } from '../disclosure/index.js';
import type { DatabaseMark } from './database-mark.entity.js';
import { hashFile, writeIdentityFile, type KnownDatabase } from './identity-file.js';
import type { KeepOptions } from './keep-database.js';
import { restoreOrUse } from './refuse-database.js';
import { filePathOf, hasLog } from './sqlite-file.js';

/** How often what is known outside is brought up to date, and the log is taken into the file. */
const watchMs = 10_000;

/**
 * How a SQLite file was altered after its partner had ended, as far as it can be seen before the file is opened; undefined
 * if it was not.
 */
export async function findAlteredFile(
  path: string,
  known: KnownDatabase | undefined,
): Promise<string | undefined> {
  if (!known) return undefined;
  if (known.fileHash === undefined) {
    // It was not closed in order: its log has the rest, unless another program has taken it into the file since.
    if (known.behindSince !== statSync(path).mtimeMs) return undefined;
    if (logBytesOf(path) >= (known.logBytes ?? 1)) return undefined;
    return `${path} was in use when ${known.partner} ended at ${known.at} or later, and its log ${path}-wal is missing or cut short: what was written last is lost. ${restoreOrUse}`;
  }
  if (hasLog(path)) {
    return `${path} was closed in order, and there is a log ${path}-wal that is not its own. Remove the log if the database is the right one. ${restoreOrUse}`;
  }
  if ((await hashFile(path)) === known.fileHash) return undefined;
  return `${path} was changed after ${known.partner} had closed it at ${known.at}. ${restoreOrUse}`;
}

const logBytesOf = (path: string): number =>
  statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;

export interface Note {
  /** Where it is noted; undefined where there is no place for it. */
  readonly file: string | undefined;
  /** What was noted before. */
  readonly known: KnownDatabase | undefined;
}

/**
 * Keeps note of a database outside of it, from now until it is closed; and takes SQLite’s log into the file, so that
 * the file alone holds what it should.
 */
export async function watchDatabase(
  source: DataSource,
  { id }: Pick<DatabaseMark, 'id'>,
  { partner, url, clock, logger }: Pick<KeepOptions, 'partner' | 'url' | 'clock' | 'logger'>,
  { file, known }: Note,
): Promise<void> {
  const path = filePathOf(url);
  let last = await readHead(source.manager);
  let isBehind = false;
  /** One after the other: what was noted last is what stays. */
  let noting = Promise.resolve();
  const note = (
    state: Pick<KnownDatabase, 'fileHash' | 'behindSince' | 'logBytes'> = {},
  ): Promise<void> => {
    const { links, hash: lastHash } = last;
    const noted = { partner, database: id, links, lastHash, at: clock().toISOString(), ...state };
    // A start that changed nothing leaves the note as it was.
    const isSame =
      state.fileHash !== undefined && isDeepStrictEqual({ ...known, at: '' }, { ...noted, at: '' });
    const write = () =>
      file === undefined ? undefined : writeIdentityFile(file, isSame && known ? known : noted);
    noting = noting.then(write).catch((error: Error) => {
      logger.error({ partner, file, reason: error.message }, 'the database could not be noted');
    });
    return noting;
  };
  const catchUp = async (): Promise<void> => {
    if (path === undefined) return;
    isBehind = false;
    await checkpoint(source);
  };
  await catchUp();
  await note();

  const lookAgain = async () => {
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
  if (path !== undefined && file !== undefined) {
    onCommit(source, () => {
      if (isBehind) return;
      isBehind = true;
      const behindSince = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
      void note({ behindSince, logBytes: logBytesOf(path) });
    });
  }

  const destroy = source.destroy.bind(source);
  source.destroy = async () => {
    clearInterval(timer);
    await looking;
    last = await readHead(source.manager).catch(() => last);
    await destroy();
    // Another process has it open where its log is still there: that one notes how it was closed.
    const isClosed = path !== undefined && existsSync(path) && !existsSync(`${path}-wal`);
    await note(isClosed ? { fileHash: await hashFile(path) } : {});
  };
}

/** Passive: it waits for nobody, and what others still read stays in the log until the next time. */
async function checkpoint(source: DataSource): Promise<void> {
  await (await writerOf(source)).query('PRAGMA wal_checkpoint(PASSIVE)');
}
