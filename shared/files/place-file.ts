import { randomUUID } from 'node:crypto';
import { link, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from './disk.js';

/**
 * Replaces a file with a text, for its owner alone. Whoever reads it finds the old text or the new one, never a part; the
 * new text is on disk when this resolves.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  makeFolder(dirname(path));
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Puts a finished file in its place, unless one is there: the first of several writers wins. */
export async function placeFile(draft: string, path: string): Promise<void> {
  await link(draft, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return;
    // A file system without hard links: the last writer wins there.
    if (error.code === 'EPERM' || error.code === 'ENOTSUP') return rename(draft, path);
    throw error;
  });
}
