import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';

/** Inserts a row for each of a person’s languages, roles or fields, in the order given. */
export async function insertRows<Value, Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  values: readonly Value[],
  toRow: (value: Value, position: number) => Row,
): Promise<void> {
  // For an empty list TypeORM would insert one empty row.
  if (values.length > 0) await manager.insert<object>(entity, values.map(toRow));
}
