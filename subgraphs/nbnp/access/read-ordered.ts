import { type OrderKey, type pagination, readPage } from '@hub/shared/database';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** The orders of a list, by name. The first one is the usual order. */
export type Orders<Name extends string> = Readonly<Record<Name, readonly OrderKey[]>>;

/**
 * Reads a page in the order that the caller chose, or in the usual one. A cursor of one order is
 * refused in another.
 * @throws HubError `BAD_USER_INPUT`
 */
export function readOrdered<Row extends ObjectLiteral, Name extends string>(
  query: SelectQueryBuilder<Row>,
  orders: Orders<Name>,
  chosen: Name | null,
  page: pagination.PageArguments,
): Promise<pagination.Connection<Row>> {
  const [usual] = Object.keys(orders);
  const name = chosen ?? (usual as Name);
  return readPage(query, orders[name], page, name === usual ? undefined : name);
}
