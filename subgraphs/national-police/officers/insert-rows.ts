import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';

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

/** Replaces a person’s languages, roles or fields, if the change gives them. */
export async function replaceRows<Value, Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  { of, values }: { of: FindOptionsWhere<Row>; values: readonly Value[] | null | undefined },
  toRow: (value: Value, position: number) => Row,
): Promise<void> {
  if (!values) return;
  await manager.delete(entity, of);
  await insertRows(manager, entity, values, toRow);
}
