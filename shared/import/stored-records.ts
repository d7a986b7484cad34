import { isDeepStrictEqual } from 'node:util';
import { In, type EntityManager, type ObjectLiteral } from 'typeorm';
import type { ImportedRecord, ImportKind, ListRows } from './kind.js';

/** A stored record, with the rows of its lists. */
export interface StoredRecord {
  readonly row: ObjectLiteral;
  /** The rows of each list, in the record’s order of lists. */
  readonly lists: readonly (readonly ObjectLiteral[])[];
}

/** Reads records by their ids. In a transaction on PostgreSQL, they are locked until its end. */
async function findRows(
  manager: EntityManager,
  { entity }: ImportKind,
  ids: readonly string[],
): Promise<Map<string, ObjectLiteral>> {
  const canLock =
    manager.connection.options.type === 'postgres' && manager.queryRunner?.isTransactionActive;
  const rows = await manager.find(entity, {
    where: { id: In(ids) },
    ...(canLock && { lock: { mode: 'pessimistic_write' } }),
  });
  return new Map(rows.map((row) => [String(row['id']), row]));
}

async function findList(
  manager: EntityManager,
  { entity, owner }: ListRows,
  ids: readonly string[],
): Promise<Map<string, ObjectLiteral[]>> {
  const byOwner = new Map<string, ObjectLiteral[]>(ids.map((id) => [id, []]));
  for (const row of await manager.find(entity, { where: { [owner]: In(ids) } })) {
    byOwner.get(String(row[owner]))?.push(row);
  }
  return byOwner;
}

/** The stored ones of these records, by their ids. */
export async function findStored(
  manager: EntityManager,
  kind: ImportKind,
  records: readonly ImportedRecord[],
): Promise<ReadonlyMap<string, StoredRecord>> {
  const rows = await findRows(
    manager,
    kind,
    records.map(({ row }) => String(row['id'])),
  );
  const ids = [...rows.keys()];
  const lists: Map<string, ObjectLiteral[]>[] = [];
  for (const list of ids.length > 0 ? (records[0]?.lists ?? []) : []) {
    lists.push(await findList(manager, list, ids));
  }
  return new Map(
    [...rows].map(([id, row]) => [id, { row, lists: lists.map((rowsOf) => rowsOf.get(id) ?? []) }]),
  );
}

/** The rows of a list in a fixed order, because the position is one of their properties. */
const normalise = (rows: readonly ObjectLiteral[]): string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();

/** Whether a list has other rows than before, or others in another place. */
export const hasOtherRows = (
  { rows }: ListRows,
  stored: readonly ObjectLiteral[] | undefined,
): boolean => !isDeepStrictEqual(normalise(rows), normalise(stored ?? []));

/** Whether an import would leave a record unchanged. */
export function isUnchanged({ row, lists = [] }: ImportedRecord, stored: StoredRecord): boolean {
  return (
    Object.entries(row).every(([property, value]) =>
      isDeepStrictEqual(value, stored.row[property]),
    ) && !lists.some((list, index) => hasOtherRows(list, stored.lists[index]))
  );
}
