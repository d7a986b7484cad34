import {
  Brackets,
  type EntityMetadata,
  type ObjectLiteral,
  type SelectQueryBuilder,
} from 'typeorm';
import { columnOf, orderBy, reversed, type OrderKey } from './order.js';
import type { Connection, Edge } from './pagination/connection-types.js';
import { cutPage, describePage } from './pagination/create-page.js';
import {
  cursorArgument,
  encodeCursor,
  foreignCursor,
  readCursor,
  type SortKeys,
} from './pagination/cursor.js';
import { readPageRequest, type PageRequest } from './pagination/page-size.js';
import type { PageArguments } from './pagination/paged.js';
import { readCounted } from './read-counted.js';
import { formOfQuery, nameReading, type RawRow } from './read-rows.js';
import { readSqlite } from './sqlite/connections.js';

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
 * The sort keys in the cursor of a page of a list with this order. Undefined without a cursor.
 * @throws `BAD_USER_INPUT` if it is not a cursor, or if no row of such a list can have it
 */
export function readKeys(
  request: PageRequest,
  order: readonly OrderKey[],
  name?: string,
): SortKeys | undefined {
  const values = readCursor(request, order.length, name);
  if (!values) return undefined;
  // PostgreSQL does not allow NUL in a text.
  const fits = order.every(({ nullable }, index) => {
    const value = values[index];
    return value == null ? nullable : !value.includes('\0');
  });
  if (fits) return values;
  throw foreignCursor(cursorArgument(request));
}

/**
 * The condition for rows after these sort keys: k1 > v1, or k1 = v1 and k2 > v2, and so on. Rows
 * before them come after them in the reversed order.
 */
export function isAfter(alias: string, order: readonly OrderKey[], values: SortKeys): Brackets {
  const keys = order.map((key, index) => ({
    ...key,
    column: columnOf(alias, key),
    operator: key.descending ? '<' : '>',
    parameter: `:after${index}`,
    isNull: values[index] == null,
  }));
  const alternatives = keys.flatMap((key, last) => {
    const { column, operator, parameter, nullable, nullsFirst, isNull } = key;
    // Nothing sorts after the last null, and everything else after the first.
    if (isNull && !nullsFirst) return [];
    const equals = keys
      .slice(0, last)
      .map((one) => (one.isNull ? `${one.column} IS NULL` : `${one.column} = ${one.parameter}`));
    const exceeds = isNull ? `${column} IS NOT NULL` : `${column} ${operator} ${parameter}`;
    const isOrNull = nullable && !nullsFirst;
    return [[...equals, isOrNull ? `(${exceeds} OR ${column} IS NULL)` : exceeds].join(' AND ')];
  });
  const isBeyond =
    alternatives.length > 0 ? alternatives.map((a) => `(${a})`).join(' OR ') : '1 = 0';
  const [first] = keys;
  // Logically redundant, but it lets the database start in the index at the start of the page. It
  // cannot derive that from an OR.
  const starts =
    keys.length > 1 && first && !first.nullable
      ? `${first.column} ${first.operator}= ${first.parameter}`
      : '1 = 1';
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
 * @param rows backwards, from the end of the page
 */
export function toConnection<T extends ObjectLiteral>(
  rows: readonly T[],
  request: PageRequest,
  keys: readonly OrderKey[],
  count: number | undefined,
  name?: string,
): Connection<T> {
  const nodes = cutPage(rows, request);
  const cursorOf = (node: T): string =>
    encodeCursor(
      keys.map(({ property }) => node[property] as string | null),
      name,
    );
  const [firstNode] = nodes;
  const lastNode = nodes.at(-1);
  const pageInfo = describePage(
    rows.length,
    request,
    firstNode && cursorOf(firstNode),
    lastNode && cursorOf(lastNode),
  );
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
 * @param name of an order that the caller chose, as for `encodeCursor`
 * @throws `BAD_USER_INPUT` for an invalid page size or cursor.
 */
export async function readPage<T extends ObjectLiteral>(
  query: SelectQueryBuilder<T>,
  keys: readonly OrderKey[],
  asked: PageArguments,
  name?: string,
): Promise<Connection<T>> {
  const { isCounted = false } = asked;
  const request = readPageRequest(asked);
  const values = readKeys(request, keys, name);
  const order = request.isBackwards ? reversed(keys) : keys;
  if (!values && !isCounted) {
    const rows = await readWholeList(query, order, request.size + 1);
    if (rows) return toConnection(rows, request, keys, undefined, name);
  }
  const page = query.clone();
  if (values) {
    bracketConditions(page);
    page.andWhere(isAfter(query.alias, order, values));
  }
  page.limit(request.size + 1);
  // Only to-one relations are joined, so no row comes twice.
  const counts = isCounted
    ? query.clone().select(`''`, 'key').addSelect('COUNT(*)', 'count').orderBy()
    : undefined;
  const read = await readCounted({ page, order, counts });
  return toConnection(read.rows, request, keys, read.counts?.get(''), name);
}
