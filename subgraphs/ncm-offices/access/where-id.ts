import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/**
 * Selects the rows whose property is an id. PostgreSQL refuses a text with NUL, which no id has.
 */
export function whereId<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  property: string,
  id: string,
): SelectQueryBuilder<T> {
  if (id.includes('\0')) return query.andWhere('1 = 0');
  const parameter = property.replace('.', '_');
  return query.andWhere(`${property} = :${parameter}`, { [parameter]: id });
}
