import type { GraphError } from '../../../client/send-operation.ts';
import { ownerOf, whyNull, type WhyNull } from '../../../client/why-null.ts';

type Path = readonly (string | number)[];

/** One row of a list, and its place in the data. */
export interface ListRow {
  readonly path: Path;
  readonly value: unknown;
}

/** All lists of the data that stand at the same path, as one. */
export interface FoundList {
  /** `events.nodes`; the lists inside its rows are lists of their own: `events.nodes.roles`. */
  readonly name: string;
  readonly rows: readonly ListRow[];
}

/** Finds the lists in data, the outer ones first. Without any, the data itself is one row. */
export function findLists(data: unknown): readonly FoundList[] {
  const lists = new Map<string, ListRow[]>();
  const visit = (value: unknown, path: Path): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
      return;
    }
    const name = path.filter((part) => typeof part === 'string').join('.');
    const rows = lists.get(name) ?? [];
    lists.set(name, rows);
    value.forEach((inner: unknown, index) => rows.push({ path: [...path, index], value: inner }));
    value.forEach((inner: unknown, index) => visit(inner, [...path, index]));
  };
  visit(data, []);
  const found = [...lists].map(([name, rows]) => ({ name, rows }));
  if (found.length > 0 || data === null || data === undefined) return found;
  return [{ name: '', rows: [{ path: [], value: data }] }];
}

/** The name of the column of a list of plain values. */
const ownValue = 'value';

/** The columns of a list: the paths of all values in its rows, as they first occur. */
export function listColumns(rows: readonly ListRow[]): readonly string[] {
  const columns = new Set<string>();
  const visit = (value: unknown, path: readonly string[]): void => {
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      for (const [key, inner] of Object.entries(value)) visit(inner, [...path, key]);
    else columns.add(path.length === 0 ? ownValue : path.join('.'));
  };
  for (const { value } of rows) if (value !== null) visit(value, []);
  // A null in place of an object has no columns of its own where other rows have the object.
  const names = [...columns];
  return names.filter((name) => !names.some((other) => other.startsWith(`${name}.`)));
}

/** What stands in a cell: a value, or why there is none. */
export type Cell =
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  | { readonly kind: 'list'; readonly values: readonly unknown[] }
  /** Not selected for this row, for example because it is of another type. */
  | { readonly kind: 'none' }
  | { readonly kind: WhyNull };

/** Reads the cell of a row. */
export function readCell(row: ListRow, column: string, errors: readonly GraphError[]): Cell {
  const keys = column === ownValue && !isObject(row.value) ? [] : column.split('.');
  const path = [...row.path];
  let { value } = row;
  let owner: string | undefined;
  for (const key of keys) {
    if (value === null) break;
    if (isObject(value) && typeof value['id'] === 'string') owner = ownerOf(value['id']);
    path.push(key);
    value = isObject(value) ? value[key] : undefined;
  }
  if (value === null) return { kind: whyNull(errors, path, owner) };
  if (Array.isArray(value)) return { kind: 'list', values: value };
  const isValue = ['string', 'number', 'boolean'].includes(typeof value);
  return isValue ? { kind: 'value', value: value as string } : { kind: 'none' };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
