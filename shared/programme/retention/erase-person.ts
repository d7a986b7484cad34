import {
  In,
  IsNull,
  Not,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
} from 'typeorm';
import { checkVersion, findForChange } from '../../partner/mutations/find-for-change.js';
import { closeKeys, performErasure } from '../../partner/mutations/perform.js';
import { endAccess, revokeEnded } from '../../partner/participants/sessions.js';
import type { ChoreContext, PartnerContext } from '../../policy/context/partner-context.js';
import { isKeyRemoved, removeKey } from '../../records/people/tag-people.js';
import { erasedListOf } from '../../storage/erased-list.js';
import { eraseElsewhere, noteErasure } from '../journeys/erase-elsewhere.js';
import type { PersonalDataKind } from '../vocabulary/enums.js';
import { RetentionHold } from './hold.entity.js';
import { checkNotHeld } from './holds.js';
import { RetentionNotice } from './retention.entity.js';

type EntityClass<Row extends ObjectLiteral> = new () => Row;

/** Rows about people: what a person’s file shows of them. */
export interface PersonRows<Row extends ObjectLiteral = ObjectLiteral> {
  readonly entity: EntityClass<Row>;
  /** The property with the id of the person. */
  readonly person: string;
  /** Whether the property is a list of ids. @default false */
  readonly isList?: boolean;
  /** Properties that her file does not show. @default none */
  readonly without?: readonly string[];
}

/** Rows that are about one person each. */
interface PersonTable<Row extends ObjectLiteral = ObjectLiteral> extends PersonRows<Row> {
  readonly kind: PersonalDataKind;
  /** The property with the day on which the row was written. @default nobody knows */
  readonly since?: string;
  /** The rows, or what their properties become. The rows stay then, so that counts do not change. */
  readonly erased: 'rows' | Readonly<Record<string, string | null>>;
  /** Mutations whose keys are of another record than the row or the person. @default none */
  readonly keys?: { readonly record: string; readonly mutations: readonly string[] };
}

/** A nomination that its owner has not withdrawn or declined, and the journey to which it leads. */
export interface Journey {
  readonly id: string;
  readonly person: string;
  /** Of an expert, who is lent to visits of many groups, her own id; of a row of a visit the visit. */
  readonly groupId: string;
  readonly nominatedOn: string;
}

/** All that a partner stores about one kind of people. Erasure and the file of a person run from it. */
export interface PersonalData {
  /** `Officer` */
  readonly of: string;
  /** The people. @default they are another organisation’s */
  readonly people?: EntityClass<{ id: string }>;
  readonly tables: readonly PersonTable[];
  /** More rows about them, of which nothing is erased. @default none */
  readonly stays?: readonly PersonRows[];
  /**
   * The nominations that this partner has not withdrawn or declined.
   * @param person only of this one
   * @default nothing is erased by age
   */
  findJourneys?(manager: EntityManager, person?: string): Promise<readonly Journey[]>;
  /** What the network tells of journeys: groups, experts with their assignments, or visits. @default groups */
  readonly journeysOf?: 'groups' | 'experts' | 'visits';
}

/** True for data about people of the partner’s own. That of a visit goes by the same rules. */
export const isOfOwnPeople = ({ people, journeysOf }: PersonalData): boolean =>
  people !== undefined && journeysOf !== 'visits';

/**
 * Rows of a visit that name whom to call there: their properties become null by the age of the visit.
 * @param of the type of the rows: `Hosting`
 */
export const contactsOnTheSpot = (
  of: string,
  entity: new () => { readonly id: string; readonly visitId: string },
  contacts: readonly ('contactOnTheSpot' | 'emergencyContact')[],
): PersonalData => ({
  of,
  people: entity,
  tables: [
    {
      entity,
      person: 'id',
      kind: 'CONTACTS',
      erased: Object.fromEntries(contacts.map((name) => [name, null])),
    },
  ],
  async findJourneys(manager, person) {
    const own = person === undefined ? {} : { id: person };
    const where = contacts.map((name) => ({ ...own, [name]: Not(IsNull()) }));
    const rows = await manager.find(entity, { where });
    return rows.map(({ id, visitId }) => ({
      id,
      person: id,
      groupId: visitId,
      nominatedOn: '',
    }));
  },
  journeysOf: 'visits',
});

const mostAtOnce = 500;

/** Whether a row has something to erase. */
export const isLeft = ({ erased }: PersonTable, row: ObjectLiteral): boolean =>
  erased === 'rows' || Object.entries(erased).some(([name, value]) => row[name] !== value);

/** Rows about these people that have something to erase. */
async function findLeft(
  manager: EntityManager,
  table: PersonTable,
  people: readonly string[],
): Promise<ObjectLiteral[]> {
  const rows = await manager.findBy(table.entity, { [table.person]: In([...people]) });
  return rows.filter((row) => isLeft(table, row));
}

/** Of these people, those of whom something is left to erase, or who can be found in the record. */
export async function findNotErased(
  manager: EntityManager,
  { tables }: Pick<PersonalData, 'tables'>,
  people: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const person of people) if (!(await isKeyRemoved(manager, person))) found.add(person);
  for (let at = 0; at < people.length; at += mostAtOnce) {
    const some = people.slice(at, at + mostAtOnce);
    for (const table of tables)
      for (const row of await findLeft(manager, table, some)) found.add(String(row[table.person]));
  }
  return found;
}

/** What the tables of one entity erase together, so that its version grows once. */
function mergeTables(tables: readonly PersonTable[]): PersonTable[] {
  const merged = new Map<Function, PersonTable>();
  for (const table of tables) {
    const { erased } = merged.get(table.entity) ?? table;
    const isWhole = erased === 'rows' || table.erased === 'rows';
    merged.set(table.entity, {
      ...table,
      erased: isWhole ? 'rows' : { ...erased, ...table.erased },
    });
  }
  return [...merged.values()];
}

/** Erases what is left of a person in these tables, and closes the keys of the mutations about it. */
export async function eraseTables(
  manager: EntityManager,
  tables: readonly PersonTable[],
  person: string,
): Promise<void> {
  const records = new Set([person]);
  for (const table of mergeTables(tables)) {
    const { entity, erased, keys } = table;
    const metadata = manager.connection.getMetadata(entity);
    const [key, ...others] = metadata.primaryColumns;
    const isRecord = key?.propertyName !== table.person && others.length === 0;
    for (const row of await manager.findBy(entity, { [table.person]: person })) {
      if (key && isRecord) records.add(String(key.getEntityValue(row)));
      if (!isLeft(table, row)) continue;
      if (keys) await closeKeys(manager, [String(row[keys.record])], keys.mutations);
      const where = metadata.getEntityIdMap(row) ?? {};
      const version = typeof row['version'] === 'number' && { version: row['version'] + 1 };
      if (erased === 'rows') await manager.delete(entity, where);
      else await manager.update(entity, where, { ...erased, ...version });
    }
  }
  await closeKeys(manager, [...records]);
}

/** The removal of a person who was registered by mistake. */
interface PersonRemoval {
  /** The mutation. */
  readonly name: string;
  readonly data: Pick<PersonalData, 'of' | 'people'>;
  readonly person: string;
  /** The version that the caller has last read. */
  readonly version: number;
  /** The argument with the person’s id: `input.officer`. */
  readonly argument: string;
  /** Checks that nothing refers to the person, and removes the rows of her own. */
  removeRows(manager: EntityManager): Promise<void>;
}

/**
 * Removes the record of a person, and forgets what is kept of her. A restored copy, which may have her
 * again, erases her.
 * @throws HubError `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` HELD
 */
export function removePerson(
  context: PartnerContext,
  { name, data, person, version, argument, removeRows }: PersonRemoval,
): Promise<boolean> {
  const { source, clock } = context;
  const people = data.people as
    | EntityTarget<ObjectLiteral & { readonly version: number }>
    | undefined;
  if (!people) throw new Error('The people are another organisation’s.');
  return performErasure(context, { name }, async (manager) => {
    checkVersion(await findForChange(manager, people, person, argument), version);
    await removeRows(manager);
    await manager.delete(people, { id: person });
    await checkNotHeld(manager, context, person, argument);
    await closeKeys(manager, [person]);
    await manager.delete(RetentionNotice, { person });
    await manager.delete(RetentionHold, { person });
    await removeKey(manager, person);
    const entry = { person, of: data.of, kind: null, at: clock().toISOString() };
    erasedListOf(source)?.append([entry]);
    return true;
  });
}

export type ErasingContext = Pick<ChoreContext, 'partner' | 'source' | 'clock'>;

/** Erases all data of a person in an open transaction. False for a person who does not exist. */
export async function eraseAll(
  manager: EntityManager,
  { clock }: Pick<ErasingContext, 'clock'>,
  { people, tables }: PersonalData,
  person: string,
): Promise<boolean> {
  // PostgreSQL refuses a text with NUL, which no id has.
  if (person.includes('\0')) return false;
  if (people && !(await manager.existsBy(people, { id: person }))) return false;
  await eraseTables(manager, tables, person);
  if (people) {
    await manager.delete(RetentionNotice, { person });
    await manager.delete(RetentionHold, { person });
    await endAccess(manager, person, clock());
    await noteErasure(manager, person, { clock });
  }
  await removeKey(manager, person);
  return true;
}

/**
 * Erases a person: all data about her, by whomever. The other rows stay, so that counts of people do
 * not change. Others erase what they hold, at once if they are available.
 * @param mutation its name in the schema
 * @returns false for an unknown person
 * @throws HubError `RULE_VIOLATED` HELD
 */
export async function erasePerson(
  context: PartnerContext,
  mutation: string,
  data: PersonalData,
  person: string,
): Promise<boolean> {
  const { source, clock } = context;
  const isErased = await performErasure(context, { name: mutation }, async (manager) => {
    if (data.people && !person.includes('\0')) await checkNotHeld(manager, context, person, 'id');
    if (!(await eraseAll(manager, context, data, person))) return false;
    const entry = { person, of: data.of, kind: null, at: clock().toISOString() };
    erasedListOf(source)?.append([entry]);
    return true;
  });
  if (isErased && data.people) {
    await revokeEnded(context, person);
    await eraseElsewhere(context, person);
  }
  return isErased;
}
