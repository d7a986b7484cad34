import type { ResponsePath } from '../documents/response-path.js';

export type Row = Record<string, unknown>;

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ownOf = (row: Row, key: string): unknown => (Object.hasOwn(row, key) ? row[key] : undefined);

/** The objects that a path of the plan leads to; `@` stands for the items of a list. */
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

/** Tells of each object that a path of the plan leads to, and of the client’s own path of it. */
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

/** A scalar of a partner’s own may have any keys. */
const plain = { configurable: true, enumerable: true, writable: true } as const;

/** Merges what came later into what is there, as the engine does: objects into objects, the rest in its place. */
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

/** What becomes of a value when a later one is merged into it. */
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

/** The same value, of which what is merged into it changes nothing elsewhere. */
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
