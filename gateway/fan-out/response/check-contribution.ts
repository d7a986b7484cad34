import { longest } from '@hub/shared/graphql';
import { readInnerFields } from '../../engine/documents/selection.js';
import { InvalidResponse } from './compile-projection.js';
import { hidden } from './hidden-fields.js';
import {
  compareKeys,
  readCursorKeys,
  readEdgeKeys,
  readSortKeys,
  saysMore,
  type GatheredPlace,
  type SortKey,
} from './merge-contributions.js';
import type { MergePlan } from './merge-plan.js';

type Row = Record<string, unknown>;

/**
 * Checks one partner’s contribution to a gathered field, if there is one.
 * @throws {@link InvalidResponse}
 */
export function checkContribution(plan: MergePlan, value: unknown, place: GatheredPlace): void {
  if (value === null || value === undefined) return;
  if (plan.rule.mergeKind === 'sum') checkCount(value as number);
  if (plan.rule.mergeKind === 'list') checkList(plan, value as (Row | null)[]);
  if (plan.rule.mergeKind === 'connection') checkConnection(plan, value as Row, place);
}

/**
 * A partner without rows sends an empty list. A null list is valid only with an error. A null count
 * is valid: the sum is then null too.
 * @throws {@link InvalidResponse}
 */
export function checkPresence(
  { rule }: MergePlan,
  value: unknown,
  isExplained: () => boolean,
): void {
  if (value !== null || rule.mergeKind === 'sum' || isExplained()) return;
  throw new InvalidResponse('A gathered list is null without an error.');
}

function checkCount(count: unknown, least = 0): void {
  if (typeof count === 'number' && count < least) {
    throw new InvalidResponse('A count is less than the number of rows.');
  }
}

/** The last sort key of a list is unique, so a row that is null or comes twice is invalid. */
function checkList({ rule }: MergePlan, rows: readonly (Row | null)[]): void {
  const seen = new Set(rows.map((row) => readSortKeys(row, rule).at(-1)));
  if (seen.size < rows.length) throw new InvalidResponse('A row of a gathered list comes twice.');
}

/**
 * Checks one partner’s page of a connection: as many nodes as edges, not more than requested, in
 * the declared order, and each row once. A page in another order, or one that ends too early, would
 * lose rows between this page and the next.
 */
function checkConnection(plan: MergePlan, value: Row, place: GatheredPlace): void {
  const { rule, parts } = plan;
  const edges = value[hidden.edges] as (Row | null)[];
  if (edges.length > place.size) throw new InvalidResponse('A page is longer than requested.');
  const hasMore = saysMore(value, place);
  if (hasMore && edges.length < place.size) {
    throw new InvalidResponse('A page is shorter than requested, and more rows follow.');
  }
  for (const { key, name } of parts) {
    if (name !== 'edges' && name !== 'nodes') continue;
    const list = value[key];
    if (list !== undefined && (list as unknown[]).length !== edges.length) {
      throw new InvalidResponse('A page has different numbers of nodes and edges.');
    }
  }
  for (const { key, name, typeName } of parts) {
    if (typeName === 'Int') checkCount(value[key], plan.countsAtLeast.has(name) ? edges.length : 0);
  }
  // A page at the start of the list, or at its end, either has all rows, or says that there are more.
  if (place.cursor === null) checkTotals(plan, value, edges.length, hasMore);
  checkCursors(plan, value, edges, place.order);
  const cursor = readCursorKeys(place.cursor, rule, place.order);
  let previous = place.isBackwards ? undefined : cursor;
  for (const edge of edges) {
    const keys = readEdgeKeys(edge, rule, place.order);
    checkOrder(previous, keys);
    previous = keys;
  }
  if (place.isBackwards) checkOrder(previous, cursor);
}

function checkOrder(
  previous: readonly SortKey[] | undefined,
  keys: readonly SortKey[] | undefined,
): void {
  if (previous && keys && compareKeys(previous, keys) >= 0)
    throw new InvalidResponse('The rows of a page are not in order.');
}

/** The rows and the counts of a page without a cursor must agree. */
function checkTotals(plan: MergePlan, value: Row, length: number, hasMore: boolean): void {
  for (const { key, name, typeName } of plan.parts) {
    const count = value[key];
    if (typeName !== 'Int' || typeof count !== 'number') continue;
    const isShort = hasMore && count <= length && !plan.countsAtLeast.has(name);
    if (isShort || (!hasMore && count !== length)) {
      throw new InvalidResponse('A page contradicts its count.');
    }
  }
}

/**
 * A cursor is the position of its row for every partner. A wrong cursor would make the next page
 * skip rows, or repeat them forever.
 */
function checkCursors(
  { rule, parts }: MergePlan,
  value: Row,
  edges: readonly (Row | null)[],
  order: string | undefined,
): void {
  const keysOfCursor = parts
    .filter(({ name }) => name === 'edges')
    .map(({ key, tops }) => ({
      key,
      cursors: [...readInnerFields(tops)].flatMap(([cursor, [top]]) =>
        top?.field.name.value === 'cursor' ? [cursor] : [],
      ),
    }));
  edges.forEach((edge, index) => {
    const cursor = edge?.[hidden.cursor];
    const place = readCursorKeys(cursor, rule, order);
    const keys = readEdgeKeys(edge, rule, order);
    const isShown = keysOfCursor.every(({ key, cursors }) => {
      const shown = (value[key] as (Row | null)[] | undefined)?.[index];
      return cursors.every((name) => shown?.[name] === undefined || shown[name] === cursor);
    });
    // A client could not send it back, and the rows after it would be lost.
    const isTooLong = typeof cursor === 'string' && cursor.length > longest.cursor;
    if (!isShown || isTooLong || (place && compareKeys(place, keys) !== 0)) {
      throw new InvalidResponse('A cursor does not match its row.');
    }
  });
}
