/** How many rows a result has at most. A row is an object of a list. */
export interface RowCap {
  /** In all lists together. */
  readonly total: number;
  /** In one list. */
  readonly perList: number;
}

/** More than an assistant can read, and less than what fills its memory. */
export const defaultCap: RowCap = { total: 1_000, perList: 200 };

/** A list that was cut, by its path without positions: `groups.nodes.members`. */
export interface CutList {
  readonly list: string;
  readonly shown: number;
  readonly leftOut: number;
}

type Row = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The cursor of a page that was cut would skip the rows that were left out. */
const withoutCursor = (value: unknown): unknown =>
  isObject(value) && ('endCursor' in value || 'hasNextPage' in value)
    ? {
        ...value,
        ...('endCursor' in value && { endCursor: null }),
        ...('hasNextPage' in value && { hasNextPage: true }),
      }
    : value;

class Capping {
  readonly #lists = new Map<string, { shown: number; leftOut: number }>();
  #left: number;

  constructor(private readonly cap: RowCap) {
    this.#left = cap.total;
  }

  get cut(): CutList[] {
    return [...this.#lists].flatMap(([list, counts]) =>
      counts.leftOut > 0 ? [{ list, ...counts }] : [],
    );
  }

  /** Row by row, each with its own lists, so that the rows that are shown are complete. */
  read(value: unknown, path: string): unknown {
    if (Array.isArray(value)) return this.#readList(value, path);
    if (!isObject(value)) return value;
    const parts = Object.entries(value).map(([name, part]) => {
      const place = path === '' ? name : `${path}.${name}`;
      return { name, part, read: this.read(part, place) };
    });
    const isCut = parts.some(
      ({ part, read }) => Array.isArray(part) && part.length > (read as unknown[]).length,
    );
    return Object.fromEntries(
      parts.map(({ name, read }) => [name, isCut ? withoutCursor(read) : read]),
    );
  }

  #readList(list: readonly unknown[], path: string): unknown[] {
    const counts = this.#lists.get(path) ?? { shown: 0, leftOut: 0 };
    this.#lists.set(path, counts);
    const rows: unknown[] = [];
    for (const row of list) {
      if (rows.length >= this.cap.perList || (isObject(row) && this.#left <= 0)) break;
      if (isObject(row)) this.#left -= 1;
      rows.push(this.read(row, path));
    }
    counts.shown += rows.length;
    counts.leftOut += list.length - rows.length;
    return rows;
  }
}

/** Cuts the lists of a result. */
export function capRows<Data>(
  data: Data,
  cap: RowCap = defaultCap,
): { readonly data: Data; readonly cut: readonly CutList[] } {
  const capping = new Capping(cap);
  return { data: capping.read(data, '') as Data, cut: capping.cut };
}
