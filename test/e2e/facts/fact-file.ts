import type { Tree } from '../network/open-hub.js';
import type { CsvRow } from './read-csv.js';

/** What a cell means by the facts’ README, and what the graph says in its place. */
export type Cell = readonly [expected: unknown, found: unknown];

/** The cells of a row by their columns. */
export type Cells = Readonly<Record<string, Cell>>;

/** How a file of the facts is read through the graph. */
export interface FactFile {
  readonly file: string;
  /** One operation on the hub for all rows of the file. */
  readonly query: string;
  /** The cells of each row, in the order of the file. */
  readonly compare: (data: Tree) => (row: CsvRow, index: number) => Cells;
}

/** The records of lists by their ids. */
export const byId = (nodes: readonly Tree[]): ReadonlyMap<string, Tree> =>
  new Map<string, Tree>(nodes.map((node) => [node.id, node]));
