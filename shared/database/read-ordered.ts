import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { readPage } from './keyset.js';
import type { OrderKey } from './order.js';
import type { Connection } from './pagination/connection-types.js';
import type { PageArguments } from './pagination/paged.js';

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
  page: PageArguments,
): Promise<Connection<Row>> {
  const [usual] = Object.keys(orders);
  const name = chosen ?? (usual as Name);
  return readPage(query, orders[name], page, name === usual ? undefined : name);
}
