/**
 * A slice is the JSON text of neighbouring fields of one object, in UTF-8, with one character for
 * each byte. Nobody in the hub reads these fields, so once their text is checked, it goes from a
 * partner’s response into the client’s unchanged.
 */

/** The slices of the objects at one place. */
export interface ObjectSlices {
  /** The type of the objects, which is not abstract. */
  readonly type: string;
  /** The fields of each slice, in the order of the partner’s and of the client’s response. */
  readonly slices: readonly (readonly string[])[];
}

/** The slices of an operation or of a fetch, by the place of their objects. */
export type Slices = ReadonlyMap<string, ObjectSlices>;

export const noSlices: Slices = new Map();

/** The key of a slice in its object. No GraphQL name begins with a space. */
export const sliceKey = ([first = '']: readonly string[]): string => ` ${first}`;

/** A place within another place. The first of all is empty, and no response key has a dot. */
export const placeBelow = (place: string, inner: string): string =>
  place === '' || inner === '' ? place + inner : `${place}.${inner}`;

/**
 * The fields that a slice holds, as a JSON parser would read them.
 * @param slice UTF-8, with one character for each byte
 */
export const readSlice = (slice: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(`{${slice}}`, 'latin1').toString()) as Record<string, unknown>;

type Row = Record<string, unknown>;

/**
 * Makes a function that puts the fields of slices in their place, in the objects at a place and
 * below.
 */
export function createUnslice(slices: Slices): (value: unknown, place: string) => void {
  const isOnTheWay = new Set<string>();
  for (const place of slices.keys()) {
    const steps = place.split('.');
    for (let length = 0; length <= steps.length; length += 1)
      isOnTheWay.add(steps.slice(0, length).join('.'));
  }
  const unslice = (value: unknown, place: string): void => {
    if (typeof value !== 'object' || value === null || !isOnTheWay.has(place)) return;
    if (Array.isArray(value)) {
      for (const item of value) unslice(item, place);
      return;
    }
    const row = value as Row;
    for (const names of slices.get(place)?.slices ?? []) {
      const key = sliceKey(names);
      const text = row[key];
      if (typeof text !== 'string') continue;
      row[key] = undefined;
      Object.assign(row, readSlice(text));
    }
    for (const key of Object.keys(row)) unslice(row[key], placeBelow(place, key));
  };
  return unslice;
}
