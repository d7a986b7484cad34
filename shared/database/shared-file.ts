import { open as openFile } from 'node:fs/promises';
import type { DataSource } from 'typeorm';
import { closeFile } from '../files/index.js';
import { openDatabase, type DatabaseOptions } from './data-source.js';

/**
 * Opens a SQLite file that several processes of one server share.
 * @param migrations must not fail where another process has just done the same
 */
export async function openSharedFile(
  path: string,
  migrations: DatabaseOptions['migrations'],
): Promise<DataSource> {
  // First, because SQLite gives its other files the mode of this one.
  await (await openFile(path, 'a', 0o600)).close();
  closeFile(path);
  const open = () => openDatabase({ url: `sqlite:${path}`, entities: [], migrations });
  // Processes that begin together create the same tables. The later one finds them there.
  return open().catch(open);
}
