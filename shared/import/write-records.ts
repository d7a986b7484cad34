import {
  In,
  type EntityManager,
  type EntityMetadata,
  type EntityTarget,
  type ObjectLiteral,
} from 'typeorm';
import type { ImportedRecord, ImportKind } from './kind.js';
import type { StoredRecord } from './stored-records.js';

/** A record to write, and its stored version. */
export interface Change {
  readonly record: ImportedRecord;
  readonly stored: StoredRecord | undefined;
}

/** PostgreSQL allows 65,535 parameters in a statement, SQLite 32,766. */
const mostParameters = 10_000;

/** `(?,?),(?,?)`, or for PostgreSQL `($1,$2),($3,$4)`. */
function writeTuples(rows: number, columns: number, isPostgres: boolean): string {
  const mark = (row: number, column: number) =>
    isPostgres ? `$${row * columns + column + 1}` : '?';
  return Array.from(
    { length: rows },
    (_, row) => `(${Array.from({ length: columns }, (__, column) => mark(row, column)).join()})`,
  ).join();
}

/** ` ON CONFLICT ("id") DO UPDATE SET "name" = excluded."name"` */
function writeOverwrite(keys: readonly string[], names: readonly string[]): string {
  const updates = names.filter((name) => !keys.includes(name));
  return ` ON CONFLICT (${keys.join()}) DO UPDATE SET ${updates.map((name) => `${name} = excluded.${name}`).join()}`;
}

/**
 * Inserts rows with the same properties. With `overwrite` it updates existing rows. TypeORM’s query
 * builder would take twice as long, while other writes wait.
 */
async function insert(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly ObjectLiteral[],
  overwrite = false,
): Promise<void> {
  const { driver, options } = manager.connection;
  const { columns: all, tableName } = manager.connection.getMetadata(entity);
  const columns = all.filter(({ propertyName }) => propertyName in (rows[0] ?? {}));
  const namesOf = (named: typeof all) =>
    named.map(({ databaseName }) => driver.escape(databaseName));
  const names = namesOf(columns);
  const into = `INSERT INTO ${driver.escape(tableName)} (${names.join()}) VALUES `;
  const keys = namesOf(columns.filter(({ isPrimary }) => isPrimary));
  const rowsAtATime = Math.floor(mostParameters / columns.length);
  for (let at = 0; at < rows.length; at += rowsAtATime) {
    const some = rows.slice(at, at + rowsAtATime);
    const values = some.flatMap((row) =>
      columns.map((column): unknown =>
        driver.preparePersistentValue(column.getEntityValue(row), column),
      ),
    );
    const tuples = writeTuples(some.length, columns.length, options.type === 'postgres');
    const end = overwrite ? writeOverwrite(keys, names) : '';
    await manager.query(into + tuples + end, values);
  }
}

export const hasVersions = (metadata: EntityMetadata): boolean =>
  metadata.findColumnWithPropertyName('version') !== undefined;

/** The row to write, with what the file does not have: the next version, and what is not imported. */
export function completeRow(
  { record: { row }, stored }: Change,
  hasVersion: boolean,
  initial: ObjectLiteral = {},
): ObjectLiteral {
  const others = Object.entries(initial).map(([name, first]): [string, unknown] => [
    name,
    stored ? stored.row[name] : first,
  ]);
  const complete = { ...Object.fromEntries(others), ...row };
  if (!hasVersion) return complete;
  return { ...complete, version: Number(stored?.row['version'] ?? 0) + 1 };
}

/** Writes new and changed records with their lists. Their ids are unique in it. */
export async function writeRecords(
  manager: EntityManager,
  { entity, initial }: ImportKind,
  changes: readonly Change[],
): Promise<void> {
  const metadata = manager.connection.getMetadata(entity);
  const hasVersion = hasVersions(metadata);
  const [added, changed] = [true, false].map((isNew) =>
    changes
      .filter(({ stored }) => (stored === undefined) === isNew)
      .map((change) => completeRow(change, hasVersion, initial)),
  ) as [ObjectLiteral[], ObjectLiteral[]];
  await insert(manager, entity, added);
  // One statement for many rows. All of them exist and are locked.
  await insert(manager, entity, changed, true);
  const ids = changed.map(({ id }) => String(id));
  const [first] = changes;
  for (const [index, list] of (first?.record.lists ?? []).entries()) {
    if (ids.length > 0) await manager.delete(list.entity, { [list.owner]: In(ids) });
    const rows = changes.flatMap(({ record }) => record.lists?.[index]?.rows ?? []);
    await insert(manager, list.entity, rows);
  }
}
