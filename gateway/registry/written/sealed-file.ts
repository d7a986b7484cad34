import { replaceFile } from '@hub/shared/files';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const sealedOf = (path: string): string => `${path}.sealed`;

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The text of a sealed file. Undefined if there is none, or if it was cut off or changed. */
function unseal(path: string): string | undefined {
  const sealed = readText(sealedOf(path));
  if (sealed === undefined) return undefined;
  const end = sealed.indexOf('\n');
  const text = sealed.slice(end + 1);
  return sealed.slice(0, Math.max(0, end)) === digestOf(text) ? text : undefined;
}

/**
 * Writes a text twice: for people, and sealed with its digest. So a file that was cut off, changed or lost on the disk is
 * noticed, and the other one is used.
 */
export async function writeSealed(path: string, text: string): Promise<void> {
  await replaceFile(sealedOf(path), `${digestOf(text)}\n${text}`);
  await replaceFile(path, text);
}

/** The text that was written last. Without a whole sealed file, it is that of the file itself. Undefined without both. */
export const readSealed = (path: string): string | undefined => unseal(path) ?? readText(path);

/** True if one of the two files is not what was written. */
export function isSpoilt(path: string): boolean {
  const [sealed, text] = [readText(sealedOf(path)), readText(path)];
  // Written by hand, or not at all.
  if (sealed === undefined) return false;
  return unseal(path) === undefined || unseal(path) !== text;
}

export async function removeSealed(path: string): Promise<void> {
  await rm(path, { force: true });
  await rm(sealedOf(path), { force: true });
}
