import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Keeps the rows whose property holds an id. PostgreSQL refuses a text with NUL in it, and no id has one. */
export function whereId<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  property: string,
  id: string,
): SelectQueryBuilder<T> {
  if (id.includes('\0')) return query.andWhere('1 = 0');
  const parameter = property.replace('.', '_');
  return query.andWhere(`${property} = :${parameter}`, { [parameter]: id });
}
