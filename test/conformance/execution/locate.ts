import type { ResponsePath } from '../../../gateway/engine/documents/response-path.js';

type Row = Readonly<Record<string, unknown>>;

interface LocatedRow {
  readonly value: Row;
  readonly path: ResponsePath;
}

/**
 * The client’s paths of the entities that an entity fetch is about, by representation.
 *
 * The engine’s own mapping counts every object at the path, also those for which it made no representation (those of
 * another type, where a field is abstract), and so puts errors at the wrong place. Here the representations are found
 * among the objects again; they come in the same order.
 */
export function locateRepresentations(
  tree: Row,
  path: ResponsePath,
  representations: readonly Row[],
): readonly ResponsePath[] {
  const rows = collectRows(tree, path);
  const located =
    matchInOrder(rows, representations, isSameEntity) ??
    // The engine may have renamed the type of a representation on its way (`@interfaceObject`).
    matchInOrder(rows, representations, hasSameKey);
  const known = path.slice(0, path.includes('@') ? path.indexOf('@') : undefined);
  return located ?? representations.map(() => known);
}

function collectRows(tree: Row, path: ResponsePath): LocatedRow[] {
  const rows: LocatedRow[] = [];
  const walk = (value: unknown, rest: ResponsePath, here: ResponsePath): void => {
    const [head, ...tail] = rest;
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      // As the engine does: a list is entered by `@`, and an object within it by its own name.
      const inner = head === '@' ? tail : rest;
      value.forEach((item, index) => walk(item, inner, [...here, index]));
    } else if (head === undefined) {
      rows.push({ value: value as Row, path: here });
    } else {
      walk((value as Row)[head], tail, [...here, head]);
    }
  };
  walk(tree, path, []);
  return rows;
}

function matchInOrder(
  rows: readonly LocatedRow[],
  representations: readonly Row[],
  isSame: (value: Row, representation: Row) => boolean,
): ResponsePath[] | undefined {
  let next = 0;
  const paths: ResponsePath[] = [];
  for (const representation of representations) {
    let row = rows[next++];
    while (row && !isSame(row.value, representation)) row = rows[next++];
    if (!row) return undefined;
    paths.push(row.path);
  }
  return paths;
}

const isSameEntity = (value: Row, representation: Row): boolean =>
  value.__typename === representation.__typename && hasSameKey(value, representation);

const hasSameKey = (value: Row, representation: Row): boolean =>
  Object.entries(representation).every(
    ([name, part]) => name === '__typename' || includes(value[name], part),
  );

function includes(whole: unknown, part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return whole === part;
  if (typeof whole !== 'object' || whole === null) return false;
  return Object.entries(part).every(([name, inner]) => includes((whole as Row)[name], inner));
}
