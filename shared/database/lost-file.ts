import { realpathSync, statSync, type BigIntStats } from 'node:fs';
import type { DataSource } from 'typeorm';

/** The files of a SQLite database are not those any more that were opened: what is written to them is lost. */
export class LostFile extends Error {
  override readonly name = 'LostFile';
}

/** A file as it was when the database was opened. */
interface Opened {
  readonly path: string;
  readonly found: BigIntStats | undefined;
}

interface OpenedFiles {
  readonly main: Opened;
  /** SQLite keeps its log beside the file itself, not beside a link to it, until the last connection closes. */
  readonly log: Opened;
}

const opened = new WeakMap<DataSource, OpenedFiles>();

/** What is at a path. A path that cannot be looked up leads to no file. */
function findFile(path: string): BigIntStats | undefined {
  try {
    return statSync(path, { bigint: true, throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const look = (path: string): Opened => ({ path, found: findFile(path) });

/** Notes which files a SQLite database has open, so that it is noticed when others take their places. */
export function noteFiles(source: DataSource): void {
  const { options } = source;
  if (options.type !== 'sqlite' || options.database === ':memory:') return;
  const path = String(options.database);
  opened.set(source, { main: look(path), log: look(`${realpathSync(path)}-wal`) });
}

/** What became of a file; undefined where it is in its place. */
function findLoss({ path, found }: Opened): 'removed' | 'replaced' | undefined {
  if (!found) return undefined;
  const now = findFile(path);
  if (!now) return 'removed';
  return now.ino === found.ino && now.dev === found.dev ? undefined : 'replaced';
}

/** Which file of a database is not in its place any more, and what became of it. */
export interface Loss {
  readonly file: 'database' | 'log';
  readonly how: 'removed' | 'replaced';
}

/** Which file of an open SQLite database was removed or replaced; undefined where none was. It costs two look-ups. */
export function findLostFile(source: DataSource): Loss | undefined {
  const files = opened.get(source);
  if (!files) return undefined;
  const main = findLoss(files.main);
  if (main) return { file: 'database', how: main };
  const log = findLoss(files.log);
  return log && { file: 'log', how: log };
}

/** @throws {@link LostFile} where a file of an open SQLite database was removed or replaced */
export function refuseLostFile(source: DataSource): void {
  const loss = findLostFile(source);
  if (loss) throw new LostFile(`The file of the ${loss.file} was ${loss.how}.`);
}
