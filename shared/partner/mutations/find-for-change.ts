import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { HubError } from '../../errors/hub-error.js';
import { violateRule } from '../../errors/rules.js';

/**
 * Finds the record that a mutation changes.
 * @param argument the argument with its id: `input.group`
 * @throws HubError `NOT_FOUND` with `argument`
 */
export async function findForChange<Row extends ObjectLiteral>(
  manager: Pick<EntityManager, 'findOneBy'>,
  entity: EntityTarget<Row>,
  id: string,
  argument: string,
): Promise<Row> {
  // PostgreSQL rejects a text with NUL, and no record has one.
  const row = id.includes('\0')
    ? null
    : await manager.findOneBy(entity, { id } as unknown as FindOptionsWhere<Row>);
  return row ?? notFound(argument);
}

/** @throws HubError `NOT_FOUND` with the `argument` of the unknown record */
export function notFound(argument: string): never {
  throw new HubError('NOT_FOUND', { argument });
}

/**
 * Rejects a change that was decided on another version of the record.
 * @throws HubError `CONFLICT` with `currentVersion`
 */
export function checkVersion(row: { readonly version: number }, version: number): void {
  if (row.version !== version) {
    throw new HubError('CONFLICT', { currentVersion: row.version, argument: 'input.version' });
  }
}

/**
 * The next version of a record that a mutation writes, whether or not there is one yet.
 * @param version the version that the caller has last read, 0 for none; not checked if left out
 * @throws HubError `CONFLICT` with `currentVersion`
 */
export function nextVersion(
  row: { readonly version: number } | null | undefined,
  version?: number | null,
): number {
  const current = row ?? { version: 0 };
  if (version != null) checkVersion(current, version);
  return current.version + 1;
}

/**
 * Refuses to remove a record to which a row of one of these tables refers.
 * @throws HubError `RULE_VIOLATED` REFERRED_TO with `argument`
 */
export async function checkNoReferences(
  manager: Pick<EntityManager, 'existsBy'>,
  entities: readonly EntityTarget<ObjectLiteral>[],
  reference: Readonly<Record<string, string>>,
  argument: string,
): Promise<void> {
  for (const entity of entities)
    if (await manager.existsBy(entity, reference)) violateRule('REFERRED_TO', argument);
}

interface PersonRow extends ObjectLiteral {
  /** Null after erasure. */
  readonly name: string | null;
  readonly version: number;
}

/**
 * Finds the record of the person that a mutation is about.
 * @param argument the argument with its id: `input.officer`
 * @param version the version that the caller has last read, if the mutation changes the record
 * @throws HubError `NOT_FOUND` with `argument`, `CONFLICT`, or `RULE_VIOLATED` ERASED with `argument`
 */
export async function findPerson<Row extends PersonRow>(
  manager: Pick<EntityManager, 'findOneBy'>,
  entity: EntityTarget<Row>,
  id: string,
  argument: string,
  version?: number,
): Promise<Row> {
  const person = await findForChange(manager, entity, id, argument);
  if (version !== undefined) checkVersion(person, version);
  if (person.name === null) violateRule('ERASED', argument);
  return person;
}
