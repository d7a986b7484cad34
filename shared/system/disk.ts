import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A disk with less free space than this counts as full. */
const leastFreeBytes = 1_000_000;

/** The nearest existing folder of a file that may not exist. */
function findFolder(path: string): string {
  const parent = dirname(path);
  if (parent === path || statSync(parent, { throwIfNoEntry: false })) return parent;
  return findFolder(parent);
}

/** The space of the disk of a file that may not exist yet. Undefined if the disk cannot be read. */
export function readDisk(
  path: string,
): { readonly freeBytes: number; readonly sizeBytes: number } | undefined {
  try {
    const { bavail, blocks, bsize } = statfsSync(findFolder(path));
    return { freeBytes: bavail * bsize, sizeBytes: blocks * bsize };
  } catch {
    return undefined;
  }
}

/** Whether the disk of a file is almost full. The file may not exist yet. */
export function isDiskFull(path: string): boolean {
  const { bavail, bsize } = statfsSync(findFolder(path));
  return bavail * bsize < leastFreeBytes;
}

/**
 * Creates a folder and its parents, readable for its user only.
 * @throws the system’s error, with the path of the folder that cannot be created
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    // On a read-only disk Node reports that the folder does not exist.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const parent = dirname(path);
    if (parent !== path) makeFolder(parent);
    mkdirSync(path, { mode: 0o700 });
  }
}
