import { BadCell, cleanText, type Cell } from './cell.js';
import { CellError, ownId, type Column, type Reference } from './column.js';
import type { Fault } from './fault.js';
import type { Columns, ImportedRecord, ImportKind, Values } from './kind.js';
import type { NamedRow } from './read-table.js';

/** A reference from a row of a file to a row of the partner. */
export interface NamedReference {
  readonly column: string;
  readonly refersTo: Reference;
  readonly key: string;
}

/** A row of a file, as far as it could be parsed. */
export interface ReadRow {
  readonly number: number;
  readonly id: string | undefined;
  readonly references: readonly NamedReference[];
  /** Undefined if the row has an error, or the file lacks a column. */
  readonly record: ImportedRecord | undefined;
  /** The columns that the file lacks, and may lack. */
  readonly missing: readonly string[];
}

/** The names of a kind’s columns, in order. */
export const columnsOf = ({ columns }: ImportKind): Columns => ({
  id: ownId,
  ...columns,
});

function readValue(cell: Cell, column: Column<unknown>, partner: string): unknown {
  if (cell instanceof BadCell) throw new CellError(cell.fault);
  const text = cleanText(cell);
  if (text === '' && column.isNeeded) throw new CellError('is empty');
  if (text === '') return column.empty;
  // PostgreSQL does not allow NUL in a text.
  if (text.includes('\0')) throw new CellError('has a character that is not allowed');
  return column.read(text, partner);
}

/** Parses the values of one row, and reports each error. */
export function readRow(
  { number, cells }: NamedRow,
  kind: ImportKind,
  partner: string,
  report: (fault: Fault) => void,
): ReadRow {
  const columns = columnsOf(kind);
  const values: Record<string, unknown> = {};
  const references: NamedReference[] = [];
  const missing: string[] = [];
  for (const [name, column] of Object.entries(columns)) {
    const cell = cells.get(name);
    if (cell === undefined) {
      if (!column.mayBeMissing) continue;
      values[name] = column.empty;
      missing.push(name);
      continue;
    }
    try {
      const value = readValue(cell, column, partner);
      values[name] = value;
      const { refersTo } = column;
      if (refersTo && typeof value === 'string') {
        references.push({ column: name, refersTo, key: value });
      }
    } catch (error) {
      if (!(error instanceof CellError)) throw error;
      report({ row: number, column: name, fault: error.message });
    }
  }
  const id = typeof values['id'] === 'string' ? values['id'] : undefined;
  const isWhole = Object.keys(columns).every((name) => name in values);
  const record = isWhole
    ? toRecord(values as Values<Columns>, kind, partner, number, report)
    : undefined;
  return { number, id, references, record, missing };
}

function toRecord(
  values: Values<Columns>,
  kind: ImportKind,
  partner: string,
  row: number,
  report: (fault: Fault) => void,
): ImportedRecord | undefined {
  const faults = kind.check?.(values) ?? [];
  for (const { column, fault } of faults) report({ row, column, fault });
  return faults.length > 0 ? undefined : kind.toRecord(values, partner);
}
