import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './disk.js';
import { UserError } from './user-error.js';

const isWindows = process.platform === 'win32';

/** A file or folder that others can read and that this process cannot make private. */
class OpenToOthers extends UserError {
  override readonly name = 'OpenToOthers';

  constructor(path: string) {
    super(`${path} can be read by other users of this machine. Run: chmod go= '${path}'`);
  }
}

/**
 * Makes the files private that this process creates from now on. Call it first in every process. On
 * Windows, the permissions of the folder decide.
 */
export function keepFilesPrivate(): void {
  process.umask(0o077);
}

/**
 * Makes a file or folder private: takes from others what they may do, and from its owner nothing.
 * @throws {@link OpenToOthers} with what to do if it belongs to another user
 */
export function closeFile(path: string): void {
  if (isWindows || !existsSync(path)) return;
  const { mode } = statSync(path);
  if ((mode & 0o077) === 0) return;
  try {
    chmodSync(path, mode & 0o700);
  } catch (cause) {
    throw Object.assign(new OpenToOthers(path), { cause });
  }
}

/** Public keys are for everybody, and may be in a folder of another user. */
const isPublic = (name: string): boolean => name.endsWith('.public.json');

/**
 * Creates the data folder, and makes it and its files private, except public keys. Links are not
 * followed.
 * @throws {@link OpenToOthers} with what to do if something belongs to another user
 */
export function closeDataFolder(path: string): void {
  makeFolder(path);
  const entries = readdirSync(path, { withFileTypes: true });
  const isOfKeys = entries.length > 0 && entries.every(({ name }) => isPublic(name));
  if (!isOfKeys) closeFile(path);
  for (const entry of entries) {
    if (entry.isDirectory()) closeDataFolder(join(path, entry.name));
    else if (entry.isFile() && !isPublic(entry.name)) closeFile(join(path, entry.name));
  }
}
