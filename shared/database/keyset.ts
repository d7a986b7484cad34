import { Brackets, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import { HubError } from '../errors/index.js';
import {
  decodeCursor,
  encodeCursor,
  readPageSize,
  requireCount,
  type Connection,
  type Edge,
  type PageInfo,
  type SortKeys,
} from '../pagination/index.js';
import type { OrderKey } from './order.js';
import { readCounted } from './read-counted.js';
import { readWholeList } from './read-list.js';

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  /** A count of the whole list is read in the same statement: `@IsCounted()` tells. @default false */
  readonly isCounted?: boolean;
}

/**
 * The sort keys in a cursor of a list of this order; undefined where there is none.
 * @throws `BAD_USER_INPUT` when it is no cursor, or one that no row of such a list can have.
 */
export function readAfter(
  after: string | null | undefined,
  order: readonly OrderKey[],
): SortKeys | undefined {
  if (after == null) return undefined;
  const values = decodeCursor(after, order.length);
  // PostgreSQL knows no NUL in a text.
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

/** The rows after the one with these sort keys: k1 > v1, or k1 = v1 and k2 > v2, and so on. */
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
  // Says nothing new, but lets the database begin in the index where the page begins, which it cannot tell from an OR.
  const starts =
    keys.length > 1 && first && !first.nullable ? `${first.column} >= ${first.parameter}` : '1 = 1';
  const parameters = Object.fromEntries(values.map((value, index) => [`after${index}`, value]));
  return new Brackets((where) => where.where(`${starts} AND (${isBeyond})`, parameters));
}

/** A page of rows, read one further than it is long, with the list’s own count where it was read. */
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
    // Made where they are asked for: a cursor for each row takes as long as to read it.
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

/** Puts what a query asks so far into brackets: TypeORM joins texts as they are, and AND binds before OR. */
function bracketConditions<T extends ObjectLiteral>({
  expressionMap,
}: SelectQueryBuilder<T>): void {
  if (expressionMap.wheres.length === 0) return;
  const condition = { operator: 'brackets', condition: expressionMap.wheres } as const;
  expressionMap.wheres = [{ type: 'simple', condition }];
}

/**
 * One page of a filtered query, by keyset: the cost of a page does not grow with its distance from the start.
 * The query may join to-one relations only; what filters by a to-many relation is an `EXISTS`.
 * @throws `BAD_USER_INPUT` for a page size or cursor that is none.
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
  // What is joined is to-one: no row comes twice.
  const counts = isCounted
    ? query.clone().select(`''`, 'key').addSelect('COUNT(*)', 'count').orderBy()
    : undefined;
  const read = await readCounted({ page, order: keys, counts });
  return toConnection(read.rows, first, keys, after, read.counts?.get(''));
}
