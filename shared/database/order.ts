import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/**
 * A property that a list is sorted by. Strings compare by code points, and null sorts last. The
 * last key must be unique.
 */
export interface OrderKey {
  readonly property: string;
  readonly nullable?: boolean;
  readonly descending?: boolean;
  /** True where the empty text stands for null, as in the name of an erased person. */
  readonly isEmptyNull?: boolean;
  /** Only in an order that {@link reversed} made. */
  readonly nullsFirst?: boolean;
}

/** The same list from its end. */
export const reversed = (keys: readonly OrderKey[]): OrderKey[] =>
  keys.map((key) => ({ ...key, descending: !key.descending, nullsFirst: !key.nullsFirst }));

const directionOf = ({ descending }: OrderKey) => (descending ? 'DESC' : 'ASC');
const placeOfNulls = ({ nullable, nullsFirst }: OrderKey) =>
  nullable ? (nullsFirst ? 'NULLS FIRST' : 'NULLS LAST') : undefined;

/** A sort key as SQL. */
export const columnOf = (alias: string, { property, isEmptyNull }: OrderKey): string =>
  isEmptyNull ? `NULLIF(${alias}.${property}, '')` : `${alias}.${property}`;

/** The keys of an order as SQL, for a window. */
export function listSortKeys(alias: string, keys: readonly OrderKey[]): string {
  return keys
    .map((key) => `${columnOf(alias, key)} ${directionOf(key)} ${placeOfNulls(key) ?? ''}`)
    .join(', ');
}

export const byId: readonly OrderKey[] = [{ property: 'id' }];

/** Sorts a query by these keys. */
export function orderBy<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  keys: readonly OrderKey[],
): SelectQueryBuilder<T> {
  for (const key of keys)
    query.addOrderBy(columnOf(query.alias, key), directionOf(key), placeOfNulls(key));
  return query;
}
