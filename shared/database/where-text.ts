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
