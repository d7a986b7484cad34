import { Kind, valueFromASTUntyped, type SelectionSetNode } from 'graphql';

/** A record, known to everybody by its type and id alone. */
export interface Row {
  readonly __typename: string;
  readonly id: string;
}

type Arguments = Readonly<Record<string, unknown>>;

/** The value of a field: a scalar, a row, or a list of these. */
export type ReadValue = (row: Row, args: Arguments) => unknown;

/** What is true of every record, whichever subgraph says it. */
export class World {
  readonly #fields = new Map<string, ReadValue>();

  define(type: string, field: string, read: ReadValue): void {
    this.#fields.set(`${type}.${field}`, read);
  }

  read(row: Row, field: string, args: Arguments = {}): unknown {
    const read = this.#fields.get(`${row.__typename}.${field}`);
    if (!read) throw new Error(`Nobody defined ${row.__typename}.${field}.`);
    return read(row, args);
  }

  /** What a field set selects of a row. */
  select(set: SelectionSetNode, row: Row): unknown {
    return selectFields(set, row.__typename, (field, args) => this.read(row, field, args), {
      inner: (innerSet, value) => this.select(innerSet, value as Row),
    });
  }
}

/** What a field set selects of a reference, as the hub sent it. */
export function selectOfReference(
  set: SelectionSetNode,
  reference: Readonly<Record<string, unknown>>,
): unknown {
  return selectFields(set, reference.__typename, (field) => reference[field], {
    inner: (innerSet, value) => selectOfReference(innerSet, value as Record<string, unknown>),
  });
}

function selectFields(
  set: SelectionSetNode,
  type: unknown,
  read: (field: string, args: Arguments) => unknown,
  { inner }: { readonly inner: (set: SelectionSetNode, value: unknown) => unknown },
): Record<string, unknown> {
  const selected: Record<string, unknown> = {};
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (selection.typeCondition?.name.value !== type) continue;
      Object.assign(selected, selectFields(selection.selectionSet, type, read, { inner }));
      continue;
    }
    const { name, arguments: args = [], selectionSet } = selection;
    // It is sent, for what the fragments beside it apply to.
    if (name.value === '__typename') continue;
    const given = Object.fromEntries(
      args.map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
    );
    const value = read(name.value, given);
    selected[name.value] = selectionSet
      ? mapValue(value, (item) => inner(selectionSet, item))
      : // What is not there differs from what is null.
        value === undefined
        ? 'NOT SENT'
        : value;
  }
  return selected;
}

/** Maps what is in a list, or what stands alone; null stays null. */
export function mapValue(value: unknown, map: (item: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapValue(item, map));
  if (value === undefined) return 'NOT SENT';
  return value === null ? null : map(value);
}

/** A number that a text always comes to. */
export function hash(text: string): number {
  let sum = 7;
  for (const char of text) sum = (Math.imul(sum, 31) + char.charCodeAt(0)) >>> 0;
  return (Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d) >>> 8) % 100_000;
}

/** Draws the same numbers from the same seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** An integer from 0, under `below`. */
  draw(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  }

  chance(percent: number): boolean {
    return this.draw(100) < percent;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.draw(values.length)] as T;
  }

  shuffle<T>(values: readonly T[]): T[] {
    return values
      .map((value) => ({ value, at: this.draw(1_000_000) }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ value }) => value);
  }

  some<T>(values: readonly T[], percent: number): T[] {
    return values.filter(() => this.chance(percent));
  }
}
