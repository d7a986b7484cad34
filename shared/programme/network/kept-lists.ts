import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** Values of a record that have rows of their own, which `position` orders. */
interface KeptList {
  readonly entity: EntityTarget<ObjectLiteral>;
  /** The property with the record’s id. */
  readonly owner: string;
  /** The property with the value. */
  readonly value: string;
}

/** The lists of a record, by field. */
export type KeptLists = Readonly<Record<string, KeptList>>;

/** The values of lists, by field. */
export type WrittenLists = Readonly<Record<string, readonly string[] | undefined>>;

export async function readLists(
  manager: EntityManager,
  lists: KeptLists = {},
  id: string,
): Promise<WrittenLists> {
  const found: Record<string, string[]> = {};
  for (const [field, { entity, owner, value }] of Object.entries(lists)) {
    const rows = await manager.find(entity, { where: { [owner]: id }, order: { position: 'ASC' } });
    found[field] = rows.map((row) => String(row[value]));
  }
  return found;
}

/** Writes the given lists anew. Others stay as they are. */
export async function writeLists(
  manager: EntityManager,
  lists: KeptLists = {},
  id: string,
  written: WrittenLists = {},
): Promise<void> {
  for (const [field, { entity, owner, value }] of Object.entries(lists)) {
    const values = written[field];
    if (!values) continue;
    await manager.delete(entity, { [owner]: id });
    const rows = values.map((one, position) => ({ [owner]: id, [value]: one, position }));
    await manager.insert(entity, rows);
  }
}
