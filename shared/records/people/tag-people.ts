import { LRUCache } from 'lru-cache';
import { createHash, randomBytes } from 'node:crypto';
import { type DataSource, type EntityManager, In, IsNull, Not } from 'typeorm';
import { lockRecord } from '../chain/append-rows.js';
import { PersonDay, PersonKey } from '../chain/stored.entity.js';

/** People by the days on which they were read, each once. */
export type PeopleByDay = ReadonlyMap<string, ReadonlySet<string>>;

/** The tags of people by day. Who was erased has none. */
type Tags = ReadonlyMap<string, Pick<ReadonlyMap<string, string>, 'get'>>;

/** The day of an instant in UTC, as tags have it. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const tagBytes = 9;

/** A person’s tag: one a day, so that nobody without the key can tell two days, or whose they are. */
export const tagOf = (key: string, day: string): string =>
  createHash('sha256')
    .update(Buffer.from(key, 'base64url'))
    .update(day)
    .digest()
    .subarray(0, tagBytes)
    .toString('base64url');

/** What a process knows of a database. */
interface Known {
  /** How many people were erased when the tags were read. */
  erased: number;
  /** The days that were read last, and who was on each. */
  readonly tags: Map<string, LRUCache<string, string>>;
}

const mostTags = 50_000;
/** Readings that wait together may be of two days. */
const mostDays = 2;
const known = new WeakMap<DataSource, Known>();

/** Tags, and how many people were erased when they were read. With another number they are invalid. */
export interface FoundTags {
  readonly erased: number;
  readonly tags: Tags;
}

/** The tags of people that this process knows the record has. Undefined if one is not known. */
export function findKnownTags(source: DataSource, people: PeopleByDay): FoundTags | undefined {
  const found = known.get(source);
  if (!found) return undefined;
  for (const [day, ofDay] of people) {
    const tags = found.tags.get(day);
    for (const person of ofDay) if (!tags?.has(person)) return undefined;
  }
  return found;
}

/** Remembers the tags of people, after the transaction that wrote them. */
export function rememberTags(
  source: DataSource,
  people: PeopleByDay,
  { erased, tags }: FoundTags,
): void {
  const found: Known = known.get(source) ?? { erased, tags: new Map() };
  if (found.erased !== erased) found.tags.clear();
  found.erased = erased;
  for (const [day, ofDay] of people) {
    const own = found.tags.get(day) ?? new LRUCache<string, string>({ max: mostTags });
    for (const person of ofDay) {
      const tag = tags.get(day)?.get(person);
      if (tag !== undefined) own.set(person, tag);
    }
    found.tags.delete(day);
    found.tags.set(day, own);
  }
  for (const day of [...found.tags.keys()].slice(0, -mostDays)) found.tags.delete(day);
  known.set(source, found);
}

const keyBytes = 32;

/** People whom one statement asks for. SQLite accepts 32,766 parameters, PostgreSQL 65,535. */
const peopleAtOnce = 5_000;

export function* inParts<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += peopleAtOnce)
    yield items.slice(from, from + peopleAtOnce);
}

const dayMs = 86_400_000;

/** The tags of everybody on a day and those beside it, which a process may remember as written. */
export async function readTagsAround(manager: EntityManager, now: Date): Promise<Set<string>> {
  const days = [-1, 0, 1].map((count) => dayOf(new Date(now.getTime() + count * dayMs)));
  const keys = await manager.findBy(PersonKey, { key: Not(IsNull()) });
  return new Set(keys.flatMap(({ key }) => days.map((day) => tagOf(key ?? '', day))));
}

/** Finds or makes the tags of people, in the transaction that records a reading about them. */
export async function tagPeople(
  source: DataSource,
  manager: EntityManager,
  people: PeopleByDay,
): Promise<FoundTags> {
  const erased = await countErased(manager);
  const before = known.get(source);
  if (before?.erased === erased && findKnownTags(source, people)) return before;
  await lockRecord(manager);
  const everybody = new Set([...people.values()].flatMap((ofDay) => [...ofDay]));
  const keys = await findKeys(manager, [...everybody]);
  const tags = new Map<string, Map<string, string>>();
  for (const [day, ofDay] of people) {
    const own = new Map<string, string>();
    for (const person of ofDay) {
      const key = keys.get(person);
      if (key != null) own.set(person, tagOf(key, day));
    }
    tags.set(day, own);
  }
  const all = [...tags.values()].flatMap((own) => [...own.values()]);
  for (const some of inParts(all.map((tag) => ({ tag }))))
    await manager.createQueryBuilder().insert().into(PersonDay).values(some).orIgnore().execute();
  return { erased, tags };
}

/** Grows with each erasure. The index makes it cheap. */
export const countErasedStatement = `SELECT COUNT(*) AS "erased" FROM "person_keys" WHERE "key" IS NULL`;

async function countErased(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ erased: number | string }[]>(countErasedStatement);
  return Number(row?.erased);
}

/** The keys of people. Who has none yet gets one; who was erased has null. */
async function findKeys(
  manager: EntityManager,
  people: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const keys = new Map<string, string | null>();
  for (const some of inParts(people)) {
    const read = async () => {
      const rows = await manager.findBy(PersonKey, { person: In(some) });
      for (const { person, key } of rows) keys.set(person, key);
    };
    await read();
    const missing = some
      .filter((person) => !keys.has(person))
      .map((person) => ({ person, key: randomBytes(keyBytes).toString('base64url') }));
    if (missing.length === 0) continue;
    const insert = manager.createQueryBuilder().insert().into(PersonKey);
    await insert.values(missing).orIgnore().execute();
    // Another process may have made one, or erased the person.
    await read();
  }
  return keys;
}

/**
 * Removes a person’s key in the transaction of an erasure. Nobody can find her readings any more,
 * and those that follow have no tag of hers.
 */
export async function removeKey(manager: EntityManager, person: string): Promise<void> {
  // As a reading locks: the record first, and people after it.
  await lockRecord(manager);
  const insert = manager.createQueryBuilder().insert().into(PersonKey);
  await insert.values({ person, key: null }).orUpdate(['key'], ['person']).execute();
}

/** Whether {@link removeKey} was called of a person. */
export const isKeyRemoved = (manager: EntityManager, person: string): Promise<boolean> =>
  manager.existsBy(PersonKey, { person, key: IsNull() });
