import { open as openFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { closeFile } from '../../system/private-files.js';
import { openDatabase, type DatabaseOptions } from '../data-source.js';

const mostAttempts = 5;
/** The pause before the second attempt. Each further one is as much longer. */
const pauseMs = 50;

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
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openDatabase({ url: `sqlite:${path}`, entities: [], migrations });
    } catch (error) {
      // Processes that begin together create the same tables: the later one finds them there.
      if (attempt === mostAttempts) throw error;
      await wait(attempt * pauseMs);
    }
  }
}
