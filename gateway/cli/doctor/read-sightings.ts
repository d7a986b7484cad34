import type { WalkNode } from './find-references.js';
import { isRow, readRows, type Row } from './read-pages.js';
import type { Contradicting } from './report.js';

/** A reference in a row. */
export interface Sighting {
  readonly kind: 'refers';
  readonly type: string;
  readonly id: string | null;
  readonly field: string;
  readonly targetType: string;
  readonly target: string;
  /** The missing back reference: the fields that should have it. Undefined if none is missing. */
  readonly unanswered: string | undefined;
}

interface Origin {
  readonly type: string;
  readonly id: string | null;
  readonly trail: readonly string[];
}

/** Reads a row of a walk: its references, and records that contradict themselves. */
export function* readSightings(
  node: WalkNode,
  row: Row,
  above?: Origin,
): Generator<Sighting | Contradicting> {
  const own = node.identity === undefined ? undefined : row[node.identity];
  // A value is reported with the record that contains it.
  const origin: Origin =
    typeof own === 'string' || !above
      ? { type: node.type, id: typeof own === 'string' ? own : null, trail: [] }
      : above;
  for (const { set, unset } of node.contradictions) {
    if (set.some((field) => row[field] == null) || unset.some((field) => row[field] != null))
      continue;
    yield { kind: 'contradicts-itself', type: origin.type, id: origin.id, fields: set };
  }
  for (const { field, isPlain, targets } of node.references) {
    const { type, id } = origin;
    const told = { kind: 'refers' as const, type, id, field: [...origin.trail, field].join('.') };
    for (const value of [row[field]].flat()) {
      if (isPlain && typeof value === 'string') {
        const targetType = targets[0]?.type ?? '';
        yield { ...told, targetType, target: value, unanswered: undefined };
      } else if (isRow(value)) {
        const target = targets.find((one) => one.type === value['__typename']);
        const key = target && value[target.key];
        if (typeof key !== 'string') continue;
        const unanswered = target?.backPath && !refersBack(value, target.backPath, id);
        yield {
          ...told,
          targetType: target?.type ?? '',
          target: key,
          unanswered: unanswered ? target.backPath?.join('.') : undefined,
        };
      }
    }
  }
  for (const [field, child] of node.children) {
    const below = { ...origin, trail: [...origin.trail, field] };
    for (const inner of readRows(row[field])) yield* readSightings(child, inner, below);
  }
}

/** Also true if this is unknown, because a part of the path is unavailable. */
function refersBack(from: Row, way: readonly string[], id: string | null): boolean {
  let values: unknown[] = [from];
  for (const field of way) {
    values = values.flatMap((value) => (isRow(value) ? [value[field]].flat() : []));
    if (values.some((value) => value == null)) return true;
  }
  return values.includes(id);
}
