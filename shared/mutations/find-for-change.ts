import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { HubError } from '../errors/index.js';

/**
 * The record that a mutation is about.
 * @param argument which of the mutation’s arguments named it: `input.group`
 * @throws HubError `NOT_FOUND` with `argument`
 */
export async function findForChange<Row extends ObjectLiteral>(
  manager: Pick<EntityManager, 'findOneBy'>,
  entity: EntityTarget<Row>,
  id: string,
  argument: string,
): Promise<Row> {
  // PostgreSQL refuses a text with NUL in it; no record has one.
  const row = id.includes('\0')
    ? null
    : await manager.findOneBy(entity, { id } as unknown as FindOptionsWhere<Row>);
  return row ?? notFound(argument);
}

/** @throws HubError `NOT_FOUND` with the `argument` that names nothing */
export function notFound(argument: string): never {
  throw new HubError('NOT_FOUND', { argument });
}

/**
 * Refuses a change that was decided on another state of the record than it now has.
 * @throws HubError `CONFLICT` with `currentVersion`
 */
export function checkVersion(row: { readonly version: number }, version: number): void {
  if (row.version !== version) {
    throw new HubError('CONFLICT', { currentVersion: row.version, argument: 'input.version' });
  }
}
