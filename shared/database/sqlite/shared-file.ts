import { open as openFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { closeFile } from '../../system/private-files.js';
import { openDatabase } from '../data-source.js';

const mostAttempts = 5;
/** The pause before the second attempt. Each further one is as much longer. */
const pauseMs = 50;

/** What a file has in it. */
interface SharedTables {
  /** Ends with the moment at which it was written, in milliseconds: `CreateNotes1795700000000`. */
  readonly name: string;
  /** They must not fail where another process has just done the same. */
  readonly statements: readonly string[];
}

/** Opens a SQLite file that several processes of one server share. */
export async function openSharedFile(
  path: string,
  { name, statements }: SharedTables,
): Promise<DataSource> {
  const migrations = [
    class implements MigrationInterface {
      readonly name = name;

      async up(runner: QueryRunner): Promise<void> {
        for (const statement of statements) await runner.query(statement);
      }

      down = async (): Promise<void> => undefined;
    },
  ];
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
