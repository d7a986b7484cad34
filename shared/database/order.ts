import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** A property by which a list is sorted; strings compare by code points, null sorts last. The last key of an order is unique. */
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
