import { decodeCursor } from '@hub/shared/pagination';
import { longest } from '@hub/shared/scalars';
import { readInnerFields } from '../../documents/selection.js';
import type { GatherRule } from '../rules/fan-out-rules.js';
import { InvalidAnswer } from './compile-projection.js';
import { hidden } from './hidden-fields.js';
import type { JoinPlan } from './merge-plan.js';
import { compareKeys, readSortKeys, type SortKey } from './sort-keys.js';

type Row = Record<string, unknown>;

/**
 * Checks what one partner contributes to a gathered field, where it contributes anything.
 * @throws {@link InvalidAnswer}
 */
export function checkContribution(
  plan: JoinPlan,
  value: unknown,
  first: number,
  after?: unknown,
): void {
  if (value === null || value === undefined) return;
  if (plan.rule.join === 'sum') checkCount(value as number);
  if (plan.rule.join === 'list') checkList(plan, value as (Row | null)[]);
  if (plan.rule.join === 'connection') checkConnection(plan, value as Row, first, after);
}

/**
 * Who has nothing for a gathered list sends an empty one. Null says nothing of the rows, and only an error explains it;
 * null for a count is no response to it, and the sum is null then.
 * @throws {@link InvalidAnswer}
 */
export function checkPresence(
  { rule }: JoinPlan,
  value: unknown,
  isExplained: () => boolean,
): void {
  if (value !== null || rule.join === 'sum' || isExplained()) return;
  throw new InvalidAnswer('A gathered list is null, and no error says why.');
}

function checkCount(count: unknown, least = 0): void {
  if (typeof count === 'number' && count < least) {
    throw new InvalidAnswer('A count is less than what there is.');
  }
}

/** A list’s last sort key is unique: a row that is null, or that comes twice, is none that was asked. */
function checkList({ rule }: JoinPlan, rows: readonly (Row | null)[]): void {
  const seen = new Set(rows.map((row) => readSortKeys(row, rule).at(-1)));
  if (seen.size < rows.length) throw new InvalidAnswer('A row of a gathered list comes twice.');
}

/**
 * Checks what one partner contributes to a connection: as many edges and nodes as it says, no more than were asked,
 * in the declared order, each once. A page in another order, or one that ends before it must, would lose rows between
 * this page and the next.
 */
function checkConnection(plan: JoinPlan, value: Row, first: number, after: unknown): void {
  const { rule, parts } = plan;
  const edges = value[hidden.edges] as (Row | null)[];
  if (edges.length > first) throw new InvalidAnswer('A page is longer than was asked.');
  const { [hidden.hasNextPage]: hasNextPage } = value[hidden.pageInfo] as Row;
  if (hasNextPage === true && edges.length < first) {
    throw new InvalidAnswer('A page is shorter than was asked, and more follow.');
  }
  for (const { key, name } of parts) {
    if (name !== 'edges' && name !== 'nodes') continue;
    const list = value[key];
    if (list !== undefined && (list as unknown[]).length !== edges.length) {
      throw new InvalidAnswer('A page has not as many nodes as edges.');
    }
  }
  for (const { key, name, typeName } of parts) {
    if (typeName === 'Int') checkCount(value[key], plan.countsAtLeast.has(name) ? edges.length : 0);
  }
  // A first page shows how many rows there are, or that there are more.
  if (after == null) checkTotals(plan, value, edges.length, hasNextPage === true);
  checkCursors(plan, value, edges);
  let previous = readCursor(after, rule);
  for (const edge of edges) {
    const keys = readSortKeys(edge?.[hidden.node] as Row | null | undefined, rule);
    if (previous && compareKeys(previous, keys) >= 0) {
      throw new InvalidAnswer('A page is not in its order.');
    }
    previous = keys;
  }
}

/** A first page and its counts are about the same rows. */
function checkTotals(plan: JoinPlan, value: Row, length: number, hasNextPage: boolean): void {
  for (const { key, name, typeName } of plan.parts) {
    const count = value[key];
    if (typeName !== 'Int' || typeof count !== 'number') continue;
    const isShort = hasNextPage && count <= length && !plan.countsAtLeast.has(name);
    if (isShort || (!hasNextPage && count !== length)) {
      throw new InvalidAnswer('A page contradicts its count.');
    }
  }
}

/**
 * A cursor says where its row stands, to every partner: one that says otherwise would make the next page skip rows, or
 * repeat them for ever.
 */
function checkCursors({ rule, parts }: JoinPlan, value: Row, edges: readonly (Row | null)[]): void {
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
    const place = readCursor(cursor, rule);
    const keys = readSortKeys(edge?.[hidden.node] as Row | null | undefined, rule);
    const isShown = keysOfCursor.every(({ key, cursors }) => {
      const shown = (value[key] as (Row | null)[] | undefined)?.[index];
      return cursors.every((name) => shown?.[name] === undefined || shown[name] === cursor);
    });
    // The client could not send it back, and the rows after it would be lost.
    const isTooLong = typeof cursor === 'string' && cursor.length > longest.cursor;
    if (!isShown || isTooLong || (place && compareKeys(place, keys) !== 0)) {
      throw new InvalidAnswer('A cursor is not its row’s.');
    }
  });
}

/** The sort keys in a cursor, if it is written as ours are; another way of writing is its partners’ own matter. */
function readCursor(cursor: unknown, { orderBy }: GatherRule): readonly SortKey[] | undefined {
  if (typeof cursor !== 'string') return undefined;
  try {
    return decodeCursor(cursor, orderBy.length);
  } catch {
    return undefined;
  }
}
