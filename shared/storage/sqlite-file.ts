import { readdirSync, statSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { placeFile } from '../files/place-file.js';
import { closeFile } from '../files/private-files.js';
import { DatabaseRefused } from './refuse-database.js';

/** The number by which SQLite’s header says that a file is a partner’s database: `HUB1`. */
export const applicationId = 0x48554231;

/** The path of a database that lies in a file of this machine. */
export function filePathOf(url: string): string | undefined {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : ':memory:';
  return path === ':memory:' ? undefined : path;
}

/** An address as it may be shown: without a password. */
export function describeUrl(url: string): string {
  const path = filePathOf(url);
  if (path !== undefined) return path;
  if (!URL.canParse(url)) return url;
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

/** What SQLite keeps beside a file. */
const companions = ['', '-wal', '-shm', '-journal'];

/** Takes a database’s files from whoever else could read them. */
export function closeSqliteFiles(path: string): void {
  for (const suffix of companions) closeFile(`${path}${suffix}`);
}

export async function removeSqliteFiles(path: string): Promise<void> {
  for (const suffix of companions) await rm(`${path}${suffix}`, { force: true });
}

/**
 * Whether a file with something in it is there.
 * @throws {@link DatabaseRefused} where something else is: a folder, or what would never end to be read
 */
export function isThere(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || found.isFile()) return found !== undefined && found.size > 0;
  const kind = found.isDirectory() ? 'a folder' : 'not a file';
  throw new DatabaseRefused(
    `${path} is ${kind}, and a database is a file. Move it away, or choose another path.`,
  );
}

/** A log that has something in it. */
export const hasLog = (path: string): boolean => isThere(`${path}-wal`);

const magic = 'SQLite format 3\0';
const headerBytes = 100;
const applicationIdAt = 68;

/**
 * Looks at the head of a file before SQLite does.
 * @throws {@link DatabaseRefused} when it is no SQLite database, or another application’s
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

/** Removes what first starts that were cut off have left; one may have come as far as to link its draft to the place. */
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
 * Makes a database beside its place and puts it there when it is whole. A start that is cut off leaves nothing at the
 * place itself. The first of several processes wins.
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

/** A new name of a file is on disk only when its folder is. Windows cannot, and need not. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
