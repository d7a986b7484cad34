import { readdirSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { placeFile } from '../system/place-file.js';
import { closeFile } from '../system/private-files.js';
import { DatabaseRefused } from './refuse-database.js';

/** The application id in SQLite’s header that marks a partner’s database: `HUB1`. */
export const applicationId = 0x48554231;

/** The path of a database in a file on this machine. */
export function filePathOf(url: string): string | undefined {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : ':memory:';
  return path === ':memory:' ? undefined : path;
}

/** An address without its password, for messages. */
export function describeUrl(url: string): string {
  const path = filePathOf(url);
  if (path !== undefined) return path;
  if (!URL.canParse(url)) return url;
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** The suffixes of SQLite’s files beside a database. */
const companions = ['', '-wal', '-shm', '-journal'];

/** Makes a database’s files private. */
export function closeSqliteFiles(path: string): void {
  for (const suffix of companions) closeFile(`${path}${suffix}`);
}

export async function removeSqliteFiles(path: string): Promise<void> {
  for (const suffix of companions) await rm(`${path}${suffix}`, { force: true });
}

/**
 * Whether a non-empty file exists.
 * @throws {@link DatabaseRefused} if it is something else: a folder, or a pipe
 */
export function isThere(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || found.isFile()) return found !== undefined && found.size > 0;
  const kind = found.isDirectory() ? 'a folder' : 'not a file';
  throw new DatabaseRefused(
    `${path} is ${kind}, and a database is a file. Move it away, or choose another path.`,
  );
}

/** A non-empty log. */
export const hasLog = (path: string): boolean => isThere(`${path}-wal`);

const magic = 'SQLite format 3\0';
const headerBytes = 100;
const applicationIdAt = 68;

/**
 * Checks the header of a file before SQLite does.
 * @throws {@link DatabaseRefused} if it is not a SQLite database, or belongs to another application
 */
export async function checkHeader(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(headerBytes);
    await file.read(head, 0, headerBytes, 0);
    if (head.toString('latin1', 0, magic.length) !== magic) {
      throw new DatabaseRefused(`${path} is not a SQLite database, or its beginning is damaged.`);
    }
    const application = head.readUInt32BE(applicationIdAt);
    if (application !== 0 && application !== applicationId) {
      throw new DatabaseRefused(`${path} is the database of another application.`);
    }
  } finally {
    await file.close();
  }
}

const draftMark = '.new-';

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Removes the leftovers of interrupted first starts. One may already have linked its draft to the
 * place.
 */
export async function removeDrafts(path: string): Promise<void> {
  const folder = dirname(path);
  const prefix = `${basename(path)}${draftMark}`;
  const pids = new Set(
    readdirSync(folder)
      .filter((name) => name.startsWith(prefix))
      .map((name) => Number.parseInt(name.slice(prefix.length), 10)),
  );
  for (const pid of pids) {
    if (!isRunning(pid)) await removeSqliteFiles(join(folder, `${prefix}${pid}`));
  }
}

/**
 * Creates a database beside its place, and moves it there when it is complete. An interrupted start
 * leaves nothing at the place itself. The first of several processes wins.
 */
export async function createBeside(
  path: string,
  create: (draft: string) => Promise<void>,
): Promise<void> {
  const draft = `${path}${draftMark}${process.pid}`;
  try {
    await create(draft);
    await placeFile(draft, path);
    await syncFolder(dirname(path));
  } finally {
    await removeSqliteFiles(draft);
  }
}

/**
 * A new file name is durable only after its folder is synced. Windows neither supports nor needs
 * that.
 */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
