import type { ResponsePath } from '../documents/response-path.js';

export type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ownOf = (row: Row, key: string): unknown => (Object.hasOwn(row, key) ? row[key] : undefined);

/** Collects the objects at a path of the plan; `@` stands for the items of a list. */
export function collectRows(tree: Row, path: ResponsePath): Row[] {
  const rows: Row[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      const inner = path[depth] === '@' ? depth + 1 : depth;
      for (const item of value) walk(item, inner);
    } else if (depth === path.length) {
      rows.push(value as Row);
    } else {
      walk(ownOf(value as Row, String(path[depth])), depth + 1);
    }
  };
  walk(tree, 0);
  return rows;
}

/** Calls back with each object at a path of the plan, and with the client’s path to it. */
export function locateRows(
  tree: Row,
  path: ResponsePath,
  tell: (row: Row, place: ResponsePath) => void,
): void {
  const walk = (value: unknown, depth: number, here: ResponsePath): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      const inner = path[depth] === '@' ? depth + 1 : depth;
      value.forEach((item, index) => walk(item, inner, [...here, index]));
    } else if (depth === path.length) {
      tell(value as Row, here);
    } else {
      const key = String(path[depth]);
      walk(ownOf(value as Row, key), depth + 1, [...here, key]);
    }
  };
  walk(tree, 0, []);
}

/** A custom scalar may have any keys, also `__proto__`. */
const plain = { configurable: true, enumerable: true, writable: true } as const;

/**
 * Merges a later result into the tree, as the engine does: objects are merged, other values are
 * replaced.
 */
export function mergeRows(target: Row, source: Row): void {
  for (const key of Object.keys(source)) {
    if (source[key] === undefined) continue;
    const value = mergeValues(ownOf(target, key), source[key]);
    setValue(target, key, value);
  }
}

function setValue(target: Row, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { ...plain, value });
  else target[key] = value;
}

/** Merges a later value into an earlier one. */
export function mergeValues(target: unknown, source: unknown): unknown {
  if (isRow(target) && isRow(source)) {
    mergeRows(target, source);
    return target;
  }
  if (Array.isArray(target) && Array.isArray(source) && target.length === source.length) {
    source.forEach((item, index) => (target[index] = mergeValues(target[index], item)));
    return target;
  }
  return source;
}

/** A copy, so that later merges do not change the original. */
export function copyValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyValue);
  const copy: Row = { ...value };
  for (const key of Object.keys(copy)) {
    const inner = copy[key];
    if (typeof inner === 'object' && inner !== null) setValue(copy, key, copyValue(inner));
  }
  return copy;
}
