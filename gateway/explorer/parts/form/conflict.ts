/** One value of a record that somebody else changed meanwhile. */
export interface Difference {
  /** Where it is: `title`, `stops.0.day`. */
  readonly place: string;
  readonly before: unknown;
  readonly after: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** What changed between two readings of the same record. Lists are compared by position. */
export function findDifferences(before: unknown, after: unknown, place = ''): Difference[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) =>
      findDifferences(before[name], after[name], place === '' ? name : `${place}.${name}`),
    );
  }
  return before === after ? [] : [{ place, before, after }];
}
