import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/**
 * A property that a list is sorted by. Strings compare by code points, and null sorts last. The
 * last key must be unique.
 */
export interface OrderKey {
  readonly property: string;
  readonly nullable?: boolean;
}

/** The keys of an order as SQL, for a window. */
export function listSortKeys(alias: string, keys: readonly OrderKey[]): string {
  return keys
    .map(({ property, nullable }) => `${alias}.${property} ASC${nullable ? ' NULLS LAST' : ''}`)
    .join(', ');
}

export const byId: readonly OrderKey[] = [{ property: 'id' }];

/** Sorts a query by these keys. */
export function orderBy<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  keys: readonly OrderKey[],
): SelectQueryBuilder<T> {
  for (const { property, nullable } of keys) {
    query.addOrderBy(`${query.alias}.${property}`, 'ASC', nullable ? 'NULLS LAST' : undefined);
  }
  return query;
}
