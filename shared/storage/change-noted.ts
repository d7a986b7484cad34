import { existsSync } from 'node:fs';
import { hashFile, readIdentityFile, writeIdentityFile } from './identity-file.js';
import { filePathOf } from './sqlite-file.js';

/**
 * Runs work on a partner’s database while the partner is stopped, such as a command of the hub. Its
 * changes count as the partner’s own. A file that others changed before stays unknown.
 * @param file the identity file
 */
export async function changeNoted<Result>(
  url: string,
  file: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const path = filePathOf(url);
  const known = path !== undefined && existsSync(path) ? await readIdentityFile(file) : undefined;
  if (path === undefined || known?.fileHash === undefined) return work();
  const isAsKnown = (await hashFile(path)) === known.fileHash;
  try {
    return await work();
  } finally {
    if (isAsKnown && !existsSync(`${path}-wal`)) {
      const fileHash = await hashFile(path);
      if (fileHash !== known.fileHash) await writeIdentityFile(file, { ...known, fileHash });
    }
  }
}
