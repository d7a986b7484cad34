import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/**
 * Adds a condition on texts of a client. PostgreSQL rejects a text with NUL, which no row has: such
 * a text selects nothing.
 * @param texts by the parameters of the condition, which needs each of them to hold
 */
export function whereText<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  condition: string,
  texts: Readonly<Record<string, string>>,
): SelectQueryBuilder<T> {
  const isPossible = Object.values(texts).every((text) => !text.includes('\0'));
  return isPossible ? query.andWhere(condition, texts) : query.andWhere('1 = 0');
}

/**
 * Only records that existed on a day. An unknown date excludes nothing, and a partial date covers its
 * whole range, at both ends: `2010` begins before 2010-05-01, and ends after it. Texts compare that
 * way when the day is cut to the precision of the date.
 * @param columns those of the first and the last day: `office.openedOn`
 */
export function whereExisted<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  day: string,
  { first, last }: { readonly first?: string; readonly last: string },
): void {
  if (first) query.andWhere(`(${first} IS NULL OR ${first} <= :existedOn)`);
  query
    .andWhere(`(${last} IS NULL OR ${last} >= substr(:existedOn, 1, length(${last})))`)
    .setParameter('existedOn', day);
}
