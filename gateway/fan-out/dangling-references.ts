type Row = Record<string, unknown>;

/** A reference to a record that its owner does not have. */
export interface DanglingReference {
  /** How the record was requested: its type and its key. */
  readonly representation: Readonly<Row>;
  /** The partner that owns the id. Undefined if the id names no partner. */
  readonly owner: string | undefined;
}

/**
 * The references of one operation to records that do not exist, by their objects in the tree, and
 * what each partner gave, in which the giver of a reference is found.
 */
export class DanglingReferences {
  readonly rows = new Map<Row, DanglingReference>();
  readonly #given: (readonly [partner: string, data: unknown])[] = [];

  recordGiven(partner: string, data: unknown): void {
    this.#given.push([partner, data]);
  }

  /**
   * The partners that gave the references, by their objects. An object that was copied for a second
   * place is found by its type and key.
   */
  findGivers(): ReadonlyMap<Row, string> {
    const wanted = new Map(
      [...this.rows].map(([row, { representation }]) => [row, representation]),
    );
    const names = new Set([...wanted.values()].map(({ __typename }) => __typename));
    const givers = new Map<Row, string>();
    const byKey = new Map<string, string>();
    const walk = (partner: string, value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const row = value as Row;
      if (wanted.has(row)) givers.set(row, partner);
      else if (names.has(row.__typename)) byKey.set(nameOf(row), byKey.get(nameOf(row)) ?? partner);
      for (const inner of Object.values(row)) walk(partner, inner);
    };
    for (const [partner, data] of this.#given) walk(partner, data);
    for (const [row, representation] of wanted) {
      const giver = givers.get(row) ?? byKey.get(nameOf(representation));
      if (giver !== undefined) givers.set(row, giver);
    }
    return givers;
  }
}

const nameOf = ({ __typename, id }: Readonly<Row>): string => `${String(__typename)} ${String(id)}`;
