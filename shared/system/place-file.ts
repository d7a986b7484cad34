import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from './disk.js';

/**
 * Replaces a file atomically. A reader gets the old or the new text,
 * never a part. The new text is on disk when this resolves.
 * @param mode @default readable for its owner only
 */
export async function replaceFile(path: string, text: string, mode = 0o600): Promise<void> {
  makeFolder(dirname(path));
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text);
      // The mode of a new file is limited by the process.
      await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves a finished file to its place, unless one is there. The first of several writers wins. */
export async function placeFile(draft: string, path: string): Promise<void> {
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return;
    // On a file system without hard links, the last writer wins.
    if (error.code === 'EPERM' || error.code === 'ENOTSUP') return rename(draft, path);
    throw error;
  });
}
