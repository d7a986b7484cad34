import { In, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { ImportedRecord, ImportKind } from './kind.js';
import type { StoredRecord } from './stored-records.js';

/** A record that is to be written, with what the database has of it. */
export interface Change {
  readonly record: ImportedRecord;
  readonly stored: StoredRecord | undefined;
}

/** PostgreSQL takes 65,535 parameters in a statement, SQLite 32,766. */
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
 * Inserts rows that have the same properties; `overwrite` for those that are there. Not by TypeORM’s query builder,
 * which takes twice as long, while everybody else’s writes wait.
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

/** The row with the version after the stored one’s, where the entity has versions. */
function withVersion({ record: { row }, stored }: Change, hasVersion: boolean): ObjectLiteral {
  if (!hasVersion) return row;
  return { ...row, version: Number(stored?.row['version'] ?? 0) + 1 };
}

/** Writes records that are new or have changed, with their lists. Their ids are not those of others in it. */
export async function writeRecords(
  manager: EntityManager,
  { entity }: ImportKind,
  changes: readonly Change[],
): Promise<void> {
  const metadata = manager.connection.getMetadata(entity);
  const hasVersion = metadata.findColumnWithPropertyName('version') !== undefined;
  const [added, changed] = [true, false].map((isNew) =>
    changes
      .filter(({ stored }) => (stored === undefined) === isNew)
      .map((change) => withVersion(change, hasVersion)),
  ) as [ObjectLiteral[], ObjectLiteral[]];
  await insert(manager, entity, added);
  // One statement for many rows; each of them is there, and locked.
  await insert(manager, entity, changed, true);
  const ids = changed.map(({ id }) => String(id));
  const [first] = changes;
  for (const [index, list] of (first?.record.lists ?? []).entries()) {
    if (ids.length > 0) await manager.delete(list.entity, { [list.owner]: In(ids) });
    const rows = changes.flatMap(({ record }) => record.lists?.[index]?.rows ?? []);
    await insert(manager, list.entity, rows);
  }
}
