import type { QueryRunner } from 'typeorm';
import type { SearchIndex } from './search-index.js';

/** The most trigrams of a term that are looked up. Few rows have all of them. */
const mostTrigrams = 16;

/**
 * The FTS5 query for the rows that may contain a folded term: the rows with all its trigrams.
 * Undefined if the term is too short to have one.
 */
export function toMatch(term: string): string | undefined {
  const letters = Array.from(term);
  const count = letters.length - 2;
  if (count < 1) return undefined;
  const step = Math.ceil(count / mostTrigrams);
  const trigrams: string[] = [];
  for (let at = 0; at < count; at += step)
    trigrams.push(
      `"${letters
        .slice(at, at + 3)
        .join('')
        .replaceAll('"', '""')}"`,
    );
  return trigrams.join(' AND ');
}

/**
 * The statements that create the index and its triggers, by name. The index stores neither the texts
 * nor the positions of the trigrams (`detail=none`), which would make it three times as large.
 */
function writeParts({ name, table, column }: SearchIndex): Readonly<Record<string, string>> {
  const add = `INSERT INTO "${name}" (rowid, "${column}") VALUES (new.rowid, new."${column}");`;
  const remove = `INSERT INTO "${name}" ("${name}", rowid, "${column}") VALUES ('delete', old.rowid, old."${column}");`;
  const on = (when: string, work: string) =>
    `CREATE TRIGGER "${name}_${when.toLowerCase()}" AFTER ${when}`.concat(work);
  return {
    [name]: `CREATE VIRTUAL TABLE "${name}" USING fts5("${column}", content='${table}', tokenize='trigram case_sensitive 1', detail=none, columnsize=0)`,
    [`${name}_insert`]: on('INSERT', ` ON "${table}" BEGIN ${add} END`),
    [`${name}_delete`]: on('DELETE', ` ON "${table}" BEGIN ${remove} END`),
    [`${name}_update`]: on(
      'UPDATE',
      ` OF "${column}" ON "${table}" WHEN old."${column}" IS NOT new."${column}" BEGIN ${remove} ${add} END`,
    ),
  };
}

type Stored = Readonly<{ name: string; sql: string }>;

async function isComplete(runner: QueryRunner, index: SearchIndex): Promise<boolean> {
  const parts = writeParts(index);
  const names = Object.keys(parts).map((name) => `'${name}'`);
  const stored: Stored[] = await runner.query(
    `SELECT name, sql FROM sqlite_master WHERE name IN (${names.join(', ')})`,
  );
  return stored.length === names.length && stored.every(({ name, sql }) => sql === parts[name]);
}

/** Creates indexes that are missing or have another form. Each gets all its rows, or is not created. */
export async function indexOnSqlite(
  runner: QueryRunner,
  indexes: readonly SearchIndex[],
): Promise<void> {
  for (const index of indexes) {
    if (await isComplete(runner, index)) continue;
    await runner.startTransaction();
    try {
      // Another process may have created it meanwhile.
      if (!(await isComplete(runner, index))) await createIndex(runner, index);
      await runner.commitTransaction();
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  }
}

async function createIndex(runner: QueryRunner, index: SearchIndex): Promise<void> {
  const { name } = index;
  const parts = Object.entries(writeParts(index));
  for (const [part] of parts.slice(1)) await runner.query(`DROP TRIGGER IF EXISTS "${part}"`);
  await runner.query(`DROP TABLE IF EXISTS "${name}"`);
  for (const [, sql] of parts) await runner.query(sql);
  // By default FTS5 keeps deleted texts until it merges its segments. Erased data must not stay.
  await runner.query(`INSERT INTO "${name}" ("${name}", rank) VALUES ('secure-delete', 1)`);
  await runner.query(`INSERT INTO "${name}" ("${name}") VALUES ('rebuild')`);
}
