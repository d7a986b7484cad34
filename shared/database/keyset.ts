import {
  Brackets,
  type EntityMetadata,
  type ObjectLiteral,
  type SelectQueryBuilder,
} from 'typeorm';
import { HubError } from '../errors/hub-error.js';
import { orderBy, type OrderKey } from './order.js';
import type { Connection, Edge, PageInfo } from './pagination/connection-types.js';
import { decodeCursor, encodeCursor, type SortKeys } from './pagination/cursor.js';
import { readPageSize } from './pagination/page-size.js';
import type { PageArguments } from './pagination/paged.js';
import { readCounted } from './read-counted.js';
import { formOfQuery, nameReading, type RawRow } from './read-rows.js';
import { readSqlite } from './sqlite/read-sqlite.js';

/** The statements by entity, then by alias and order. */
const texts = new WeakMap<EntityMetadata, Map<string, string>>();

/** True for a query that reads all rows of its entity, without an order yet. */
function isWholeList({
  expressionMap,
}: Pick<SelectQueryBuilder<ObjectLiteral>, 'expressionMap'>): boolean {
  const { wheres, joinAttributes, havings, groupBys, orderBys, selects, limit } = expressionMap;
  const added = [wheres, joinAttributes, havings, groupBys, Object.keys(orderBys)];
  return added.every(({ length }) => length === 0) && selects.length === 1 && limit === undefined;
}

/**
 * Reads the first rows of an unfiltered list on SQLite. The statement is built once, because
 * building it with TypeORM took longer than reading a page.
 * @returns undefined for any other list
 */
async function readWholeList<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  order: readonly OrderKey[],
  limit: number,
): Promise<T[] | undefined> {
  if (query.connection.options.type !== 'sqlite') return undefined;
  if (!isWholeList(query)) return undefined;
  const { form, alias } = formOfQuery(query);
  const { metadata } = query.expressionMap.mainAlias ?? {};
  if (!metadata) return undefined;
  const known = texts.get(metadata) ?? new Map<string, string>();
  texts.set(metadata, known);
  const name = nameReading(alias, '', order);
  let text = known.get(name);
  if (text === undefined) {
    text = form.toText(`${orderBy(query.clone(), order).getQuery()} LIMIT ?`);
    known.set(name, text);
  }
  return form.toRows(await readSqlite<RawRow>(query.connection, text, [limit]));
}

/**
 * The sort keys in a cursor of a list with this order. Undefined if there is no cursor.
 * @throws `BAD_USER_INPUT` if it is not a cursor, or if no row of such a list can have it
 */
export function readAfter(
  after: string | null | undefined,
  order: readonly OrderKey[],
): SortKeys | undefined {
  if (after == null) return undefined;
  const values = decodeCursor(after, order.length);
  // PostgreSQL does not allow NUL in a text.
  const fits = order.every(({ nullable }, index) => {
    const value = values[index];
    return value == null ? nullable : !value.includes('\0');
  });
  if (fits) return values;
  throw new HubError('BAD_USER_INPUT', {
    argument: 'after',
    message: '`after` is not a cursor of this list.',
  });
}

/** The condition for rows after these sort keys: k1 > v1, or k1 = v1 and k2 > v2, and so on. */
export function isAfter(alias: string, order: readonly OrderKey[], values: SortKeys): Brackets {
  const keys = order.map(({ property, nullable }, index) => ({
    column: `${alias}.${property}`,
    parameter: `:after${index}`,
    nullable,
    isNull: values[index] == null,
  }));
  const alternatives = keys.flatMap(({ column, parameter, nullable, isNull }, last) => {
    // Nothing sorts after null.
    if (isNull) return [];
    const equals = keys
      .slice(0, last)
      .map((key) => (key.isNull ? `${key.column} IS NULL` : `${key.column} = ${key.parameter}`));
    const exceeds = `${column} > ${parameter}`;
    return [[...equals, nullable ? `(${exceeds} OR ${column} IS NULL)` : exceeds].join(' AND ')];
  });
  const isBeyond =
    alternatives.length > 0 ? alternatives.map((a) => `(${a})`).join(' OR ') : '1 = 0';
  const [first] = keys;
  // Logically redundant, but it lets the database start in the index at the start of the page. It
  // cannot derive that from an OR.
  const starts =
    keys.length > 1 && first && !first.nullable ? `${first.column} >= ${first.parameter}` : '1 = 1';
  const parameters = Object.fromEntries(values.map((value, index) => [`after${index}`, value]));
  return new Brackets((where) => where.where(`${starts} AND (${isBeyond})`, parameters));
}

/** @throws if a count is requested of a page that was read without one */
function requireCount(count: number | undefined): number {
  if (count !== undefined) return count;
  throw new ReferenceError(
    'The count was not read. The resolver must take its page by `@Paged()`.',
  );
}

/**
 * Makes a page from its rows, of which one more was read than it has, and from the count of the
 * list if it was read.
 */
export function toConnection<T extends ObjectLiteral>(
  rows: readonly T[],
  first: number,
  keys: readonly OrderKey[],
  after: string | null | undefined,
  count: number | undefined,
): Connection<T> {
  const nodes = rows.slice(0, first);
  const cursorOf = (node: T): string =>
    encodeCursor(keys.map(({ property }) => node[property] as string | null));
  const [firstNode] = nodes;
  const lastNode = nodes.at(-1);
  const pageInfo: PageInfo = {
    hasNextPage: rows.length > first,
    hasPreviousPage: after != null,
    startCursor: firstNode ? cursorOf(firstNode) : null,
    endCursor: lastNode ? cursorOf(lastNode) : null,
  };
  return {
    // Cursors are made when they are selected, because making one for each row takes as long as
    // reading the row.
    get edges() {
      return nodes.map((node): Edge<T> => ({ node, cursor: cursorOf(node) }));
    },
    nodes,
    pageInfo,
    get totalCount() {
      return requireCount(count);
    },
    get countAtLeast() {
      return requireCount(count);
    },
  };
}

/**
 * Puts the conditions of a query into brackets, because TypeORM does not, and AND binds more
 * strongly than OR.
 */
function bracketConditions<T extends ObjectLiteral>({
  expressionMap,
}: SelectQueryBuilder<T>): void {
  if (expressionMap.wheres.length === 0) return;
  const condition = { operator: 'brackets', condition: expressionMap.wheres } as const;
  expressionMap.wheres = [{ type: 'simple', condition }];
}

/**
 * Reads one page of a filtered query by keyset: the cost does not grow with the distance from the
 * start. The query may join to-one relations only. A filter on a to-many relation must be an
 * `EXISTS`.
 * @throws `BAD_USER_INPUT` for an invalid page size or cursor.
 */
export async function readPage<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  keys: readonly OrderKey[],
  { first: asked, after, isCounted = false }: PageArguments,
): Promise<Connection<T>> {
  const first = readPageSize(asked);
  const values = readAfter(after, keys);
  if (!values && !isCounted) {
    const rows = await readWholeList(query, keys, first + 1);
    if (rows) return toConnection(rows, first, keys, after, undefined);
  }
  const page = query.clone();
  if (values) {
    bracketConditions(page);
    page.andWhere(isAfter(query.alias, keys, values));
  }
  page.limit(first + 1);
  // Only to-one relations are joined, so no row comes twice.
  const counts = isCounted
    ? query.clone().select(`''`, 'key').addSelect('COUNT(*)', 'count').orderBy()
    : undefined;
  const read = await readCounted({ page, order: keys, counts });
  return toConnection(read.rows, first, keys, after, read.counts?.get(''));
}
