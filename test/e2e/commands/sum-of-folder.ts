import { openDatabase } from '@hub/shared/database';
import { createHash } from 'node:crypto';
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** All rows of a database, without what each start notes: its manifest, and that a log was begun for it. */
async function readRows(file: string): Promise<string> {
  // A copy, because a database that somebody else has opened is refused.
  const copy = join(await mkdtemp(join(tmpdir(), 'rows-')), 'copy.sqlite');
  await copyFile(file, copy);
  const source = await openDatabase({ url: `sqlite:${copy}`, entities: [], migrations: [] });
  try {
    const tables = await source.query<{ name: string }[]>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('published_manifest', 'database_mark') ORDER BY name`,
    );
    const rows: unknown[] = [];
    for (const { name } of tables) rows.push(name, await source.query(`SELECT * FROM "${name}"`));
    return JSON.stringify(rows);
  } finally {
    await source.destroy();
    await rm(dirname(copy), { recursive: true });
  }
}

/** A sum of every file that is kept. An identity file says how its database was closed, and is left out. */
export async function sumOf(folder: string): Promise<Record<string, string>> {
  const sums: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.parentPath.endsWith('identities')) continue;
    const file = join(entry.parentPath, entry.name);
    const content = file.endsWith('.sqlite') ? await readRows(file) : await readFile(file);
    sums[file] = createHash('sha256').update(content).digest('hex');
  }
  return sums;
}
