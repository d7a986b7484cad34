import type { EntityManager, EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { findSame, samePerson, type Sameness } from '../../database/search/find-same.js';
import { toSearchText } from '../../database/search/search.js';
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

const foldAddress = (address: string | null | undefined): string =>
  toSearchText(address?.trim() ?? '');

/** A contact point with the address, in any case. */
const sameMailbox: Sameness = {
  properties: ['mailbox'],
  foundBy: 'mailbox',
  keyOf: ({ mailbox }: { mailbox?: string | null }) => (mailbox ? foldAddress(mailbox) : null),
};

/**
 * Refuses to register a person who stands in the table, or to change another person into her, and
 * the address of a function for her. Call it in the transaction that writes.
 * @param before the record that changes. @default a new one is registered
 * @throws HubError `RULE_VIOLATED` PERSONAL, or DUPLICATE with the `id` of the first
 */
export async function checkNewPerson(
  manager: EntityManager,
  tables: {
    readonly person: EntityTarget<ObjectLiteral>;
    readonly contactPoint: EntityTarget<ObjectLiteral>;
  },
  { name, email, isAnother }: DescribedPerson,
  before?: RecordedPerson,
): Promise<void> {
  if (email != null && foldAddress(email) !== foldAddress(before?.email))
    if ((await findSame(manager, tables.contactPoint, sameMailbox, { mailbox: email })).length > 0)
      violateRule('PERSONAL', 'input.email');
  if (isAnother === true) return;
  const next = { name: name ?? before?.name, email: email === undefined ? before?.email : email };
  if (before && samePerson.keyOf(before) === samePerson.keyOf(next)) return;
  const same = await findSame(manager, tables.person, samePerson, next);
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
 * @param argument the argument that has the version
 * @throws HubError `CONFLICT` with `currentVersion`
 */
export function checkVersion(
  row: { readonly version: number },
  version: number,
  argument = 'input.version',
): void {
  if (row.version !== version)
    throw new HubError('CONFLICT', { currentVersion: row.version, argument });
}

/**
 * The next version of a record that a mutation writes, whether or not there is one yet.
 * @param version the version that the caller has last read, 0 for none; not checked if left out
 * @throws HubError `CONFLICT` with `currentVersion`
 */
export function nextVersion(
  row: { readonly version: number } | null | undefined,
  version?: number | null,
  argument?: string,
): number {
  const current = row ?? { version: 0 };
  if (version != null) checkVersion(current, version, argument);
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

export interface PersonRow extends ObjectLiteral {
  readonly id: string;
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
