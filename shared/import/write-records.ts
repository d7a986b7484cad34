import {
  In,
  type EntityManager,
  type EntityMetadata,
  type EntityTarget,
  type ObjectLiteral,
} from 'typeorm';
import type { ImportedRecord, ImportKind } from './kind.js';
import type { StoredRecord } from './stored-records.js';

/** A record that is to be written, with what the database has of it. */
export interface Change {
  readonly record: ImportedRecord;
  readonly stored: StoredRecord | undefined;
}

/** PostgreSQL takes 65,535 parameters in a statement, SQLite 32,766. */
const mostParameters = 10_000;

/**
 * Inserts rows that have the same properties; `overwrite` for those that are there. Not by TypeORM’s query builder:
 * that takes three times as long, while everybody else’s writes wait.
 */
async function insert(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly ObjectLiteral[],
  overwrite = false,
): Promise<void> {
  const { driver, options } = manager.connection;
  const metadata = manager.connection.getMetadata(entity);
  const columns = metadata.columns.filter(({ propertyName }) => propertyName in (rows[0] ?? {}));
  const rowsAtATime = Math.floor(mostParameters / columns.length);
  const mark = options.type === 'postgres' ? (index: number) => `$${index + 1}` : () => '?';
  for (let at = 0; at < rows.length; at += rowsAtATime) {
    const values = rows
      .slice(at, at + rowsAtATime)
      .flatMap((row) =>
        columns.map((column): unknown =>
          driver.preparePersistentValue(column.getEntityValue(row), column),
        ),
      );
    const marks = values.map((_, index) => mark(index));
    const tuples = Array.from(
      { length: values.length / columns.length },
      (_, index) => `(${marks.slice(index * columns.length, (index + 1) * columns.length).join()})`,
    );
    const names = columns.map(({ databaseName }) => driver.escape(databaseName));
    const sql = `INSERT INTO ${driver.escape(metadata.tableName)} (${names.join()}) VALUES ${tuples.join()}`;
    await manager.query(
      sql + (overwrite ? describeOverwrite(metadata, names, driver.escape) : ''),
      values,
    );
  }
}

function describeOverwrite(
  { primaryColumns }: EntityMetadata,
  names: readonly string[],
  escape: (name: string) => string,
): string {
  const keys = primaryColumns.map(({ databaseName }) => escape(databaseName));
  const updates = names.filter((name) => !keys.includes(name));
  return ` ON CONFLICT (${keys.join()}) DO UPDATE SET ${updates.map((name) => `${name} = excluded.${name}`).join()}`;
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
