import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { findSame, samePerson } from '../../database/search/find-same.js';
import { HubError } from '../../errors/hub-error.js';
import { programmeRules, violateRule } from '../../errors/rules.js';

/**
 * Refuses a record that exists.
 * @throws HubError `RULE_VIOLATED` DUPLICATE, with the `id` of the first
 */
export function refuseDuplicate(id: string, argument: string): never {
  const message = programmeRules.DUPLICATE;
  throw new HubError('RULE_VIOLATED', { message, rule: 'DUPLICATE', id, argument });
}

/** A person, as the input of a mutation describes her. */
interface DescribedPerson {
  readonly name?: string | null;
  readonly email?: string | null;
  /** True for somebody else with the same name and address. */
  readonly isAnother?: boolean | null;
}

/** The record of a person before it changes. */
interface RecordedPerson {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
}

/**
 * Refuses to register a person who stands in the table, or to change another person into her. Call
 * it in the transaction that writes.
 * @param before the record that changes. @default a new one is registered
 * @throws HubError `RULE_VIOLATED` DUPLICATE, with the `id` of the first
 */
export async function checkNewPerson(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  { name, email, isAnother }: DescribedPerson,
  before?: RecordedPerson,
): Promise<void> {
  if (isAnother === true) return;
  const next = { name: name ?? before?.name, email: email === undefined ? before?.email : email };
  if (before && samePerson.keyOf(before) === samePerson.keyOf(next)) return;
  const same = await findSame(manager, entity, samePerson, next);
  const first = same.find(({ id }) => id !== before?.id);
  if (first) refuseDuplicate(String(first['id']), email == null ? 'input.name' : 'input.email');
}

/** A record that may be made for rehearsals, or belong to one. */
export interface Rehearsable {
  /** Unknown to a server of an earlier version, which has no rehearsals. */
  readonly isRehearsal?: boolean | null;
}

const isInvented = ({ isRehearsal }: Rehearsable): boolean => isRehearsal === true;

/**
 * Nothing that was made for rehearsals can be used in a real programme.
 * @param part of the programme: the group, the visit or the stop
 * @throws HubError `RULE_VIOLATED` REHEARSAL
 */
export function checkNotInvented(used: Rehearsable, part: Rehearsable, argument: string): void {
  if (isInvented(used) && !isInvented(part)) violateRule('REHEARSAL', argument);
}

/**
 * Invented people take part in rehearsals, and real people do not.
 * @throws HubError `RULE_VIOLATED` REHEARSAL
 */
export function checkPersonFits(person: Rehearsable, part: Rehearsable, argument: string): void {
  if (isInvented(person) !== isInvented(part)) violateRule('REHEARSAL', argument);
}
