import type { JoinPlan } from './join-plan.js';
import { hidden } from './prepare.js';
import { InvalidAnswer } from './project.js';
import { compareKeys, readSortKeys, type SortKey } from './sort-keys.js';

type Row = Record<string, unknown>;

/**
 * Checks what one partner contributes to a gathered field, where it contributes anything.
 * @throws {@link InvalidAnswer}
 */
export function checkContribution(plan: JoinPlan, value: unknown, first: number): void {
  if (value === null || value === undefined) return;
  if (plan.rule.join === 'list') checkList(plan, value as (Row | null)[]);
  if (plan.rule.join === 'connection') checkConnection(plan, value as Row, first);
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
function checkConnection({ rule, parts }: JoinPlan, value: Row, first: number): void {
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
  let previous: readonly SortKey[] | undefined;
  for (const edge of edges) {
    const keys = readSortKeys(edge?.[hidden.node] as Row | null | undefined, rule);
    if (previous && compareKeys(previous, keys) >= 0) {
      throw new InvalidAnswer('A page is not in its order.');
    }
    previous = keys;
  }
}
