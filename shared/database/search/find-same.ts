import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { toSearchText } from './search.js';

/** What makes two records of a table the same thing. */
export interface Sameness {
  /** The properties that {@link keyOf} needs. */
  readonly properties: readonly string[];
  /** The property by which the database finds candidates, in any case and without marks. */
  readonly foundBy: string;
  /** Equal for records of the same thing. Null for a record of which nothing can be said. */
  keyOf(row: ObjectLiteral): string | null;
}

/**
 * A text as {@link Sameness} compares it: in any case, without marks, and whatever stands between
 * its words, such as a second space or a full stop.
 */
export const toSameText = (text: string | null | undefined): string =>
  toSearchText(text)
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();

/**
 * A person is the same if name and e-mail address are, in any case and without marks, the name with
 * any punctuation. An address is needed, because people may have the same name. An erased person has
 * neither.
 */
export const samePerson: Sameness = {
  properties: ['name', 'email'],
  foundBy: 'email',
  keyOf: ({ name, email }: { name?: string | null; email?: string | null }) =>
    name && email ? `${toSameText(name)}\n${toSearchText(email.trim())}` : null,
};

/** The stored records that are the same as a new one, by id. */
export async function findSame<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  { foundBy, keyOf }: Sameness,
  row: ObjectLiteral,
): Promise<Row[]> {
  const key = keyOf(row);
  if (key === null) return [];
  const query = manager.createQueryBuilder(entity, 'stored').orderBy('stored.id');
  const value = row[foundBy] as string | null | undefined;
  if (value == null) query.where(`stored.${foundBy} IS NULL`);
  else {
    // The databases fold no marks, and SQLite only the case of ASCII: all other texts are candidates.
    const column = `stored.${foundBy}`;
    query
      .where(`LOWER(${column}) = :folded`, { folded: toSearchText(value) })
      .orWhere(`OCTET_LENGTH(${column}) <> LENGTH(${column})`);
  }
  return (await query.getMany()).filter((stored) => keyOf(stored) === key);
}

const rowsAtATime = 10_000;

/** The id of the first stored record with each key. */
export async function readKeys(
  manager: EntityManager,
  entity: EntityTarget<ObjectLiteral>,
  { properties, keyOf }: Sameness,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (let after = ''; ;) {
    const rows = await manager
      .createQueryBuilder(entity, 'stored')
      .select(['id', ...properties].map((property) => `stored.${property}`))
      .where('stored.id > :after', { after })
      .orderBy('stored.id')
      .limit(rowsAtATime)
      .getMany();
    for (const row of rows) {
      const key = keyOf(row);
      if (key !== null && !ids.has(key)) ids.set(key, String(row['id']));
    }
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtATime) return ids;
    after = String(last['id']);
  }
}
