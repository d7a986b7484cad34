import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { findSame, samePerson } from '../database/index.js';
import { HubError, programmeRules } from '../errors/index.js';

/**
 * Refuses a record that exists.
 * @throws HubError `RULE_VIOLATED` DUPLICATE, with the `id` of the first
 */
export function refuseDuplicate(id: string, argument: string): never {
  const message = programmeRules.DUPLICATE;
  throw new HubError('RULE_VIOLATED', { message, rule: 'DUPLICATE', id, argument });
}

/** A new person, as the input of a mutation describes her. */
interface NewPerson {
  readonly name: string;
  readonly email?: string | null;
  /** True for somebody else with the same name and address. */
  readonly isAnother?: boolean | null;
}

/**
 * Refuses to register a person who stands in the table. Call it in the transaction that inserts.
 * @throws HubError `RULE_VIOLATED` DUPLICATE, with the `id` of the first
 */
export async function checkNewPerson(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  { name, email, isAnother }: NewPerson,
): Promise<void> {
  if (isAnother === true) return;
  const [first] = await findSame(manager, entity, samePerson, { name, email });
  if (first) refuseDuplicate(String(first['id']), 'input.email');
}
