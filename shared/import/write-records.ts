import { In, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { ImportedRecord, ImportKind } from './kind.js';
import type { StoredRecord } from './stored-records.js';

/** A record that is to be written, with what the database has of it. */
export interface Change {
  readonly record: ImportedRecord;
  readonly stored: StoredRecord | undefined;
}

/** PostgreSQL takes 65,535 parameters in a statement, SQLite 32,766. */
const rowsAtATime = 1_000;

async function insert(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  rows: readonly ObjectLiteral[],
  overwrite: readonly string[] = [],
): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtATime) {
    const values = rows.slice(at, at + rowsAtATime);
    const query = manager.createQueryBuilder().insert().into(entity).values(values);
    if (overwrite.length > 0) query.orUpdate([...overwrite], ['id']);
    await query.updateEntity(false).execute();
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
  const overwritten = metadata.columns
    .filter(({ isPrimary, propertyName }) => !isPrimary && propertyName in (changed[0] ?? {}))
    .map(({ databaseName }) => databaseName);
  await insert(manager, entity, added);
  // One statement for many rows; each of them is there, and locked.
  await insert(manager, entity, changed, overwritten);
  const ids = changed.map(({ id }) => String(id));
  const [first] = changes;
  for (const [index, list] of (first?.record.lists ?? []).entries()) {
    if (ids.length > 0) await manager.delete(list.entity, { [list.owner]: In(ids) });
    const rows = changes.flatMap(({ record }) => record.lists?.[index]?.rows ?? []);
    await insert(manager, list.entity, rows);
  }
}
