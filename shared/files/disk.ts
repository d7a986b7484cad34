import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** With less room than this a disk counts as full. */
const leastFreeBytes = 1_000_000;

/** The nearest folder that is there, of a file that may not be. */
function findFolder(path: string): string {
  const parent = dirname(path);
  if (parent === path || statSync(parent, { throwIfNoEntry: false })) return parent;
  return findFolder(parent);
}

/** Whether the disk of a file has next to no room left. The file may not be there yet. */
export function isDiskFull(path: string): boolean {
  const { bavail, bsize } = statfsSync(findFolder(path));
  return bavail * bsize < leastFreeBytes;
}

/**
 * Makes a folder, and those above it, for its user alone.
 * @throws the system’s error, with the folder that cannot be made as its path
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    // Node says of a disk that is read-only that the folder is not there.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const parent = dirname(path);
    if (parent !== path) makeFolder(parent);
    mkdirSync(path, { mode: 0o700 });
  }
}
