import { In, type EntityManager } from 'typeorm';
import { CellError, type Column } from './column.js';
import type { Fault } from './fault.js';
import type { ImportKind } from './kind.js';
import type { ReadRow } from './read-record.js';
import type { StoredRecord } from './stored-records.js';

/**
 * Whether a record was made for rehearsals. An empty cell says that it was not. Files of before
 * rehearsals have no such column.
 * @param about what it means for the record
 */
export const rehearsal = (about: string): Column<boolean> => ({
  about,
  form: '`true` `false`, empty for `false`; may be missing',
  isNeeded: false,
  mayBeMissing: true,
  empty: false,
  read(text) {
    const value = text.toLowerCase();
    if (value !== 'true' && value !== 'false') throw new CellError('must be true or false');
    return value === 'true';
  },
});

/** Of what is invented or real: people, offices and sites. */
export const madeForRehearsals = rehearsal(
  '`true` for one that was invented for rehearsals; it stays what it is',
);

const column = 'isRehearsal';

/** Of the rows that a kind’s records are invented with, the keys of those that are invented. */
async function findInvented(
  manager: EntityManager,
  { inventedWith }: ImportKind,
  rows: readonly ReadRow[],
): Promise<ReadonlySet<string>> {
  const references = rows.flatMap((row) =>
    row.references.filter((reference) => reference.column === inventedWith),
  );
  const [first] = references;
  if (!first) return new Set();
  const { entity, key } = first.refersTo;
  const keys = [...new Set(references.map((reference) => reference.key))];
  const found = await manager.find(entity, {
    select: { [key]: true },
    where: { [key]: In(keys), [column]: true },
  });
  return new Set(found.map((row) => String(row[key])));
}

/**
 * A record that was made for rehearsals stays one, and a real one stays real. Whoever is registered
 * with something invented is invented.
 */
export async function findRehearsalFaults(
  manager: EntityManager,
  kind: ImportKind,
  rows: readonly ReadRow[],
  stored: ReadonlyMap<string, StoredRecord>,
): Promise<ReadonlyMap<ReadRow, Fault>> {
  if (!(column in kind.columns)) return new Map();
  // What a host arranges follows its visit, of which its server knows nothing.
  const isLasting = kind.columns[column] === madeForRehearsals;
  const invented = await findInvented(manager, kind, rows);
  const faults = new Map<ReadRow, Fault>();
  for (const row of rows) {
    const isRehearsal = row.record?.row[column] === true;
    const was = stored.get(row.id ?? '')?.row[column] as boolean | undefined;
    const isWithInvented = row.references.some(
      (reference) => reference.column === kind.inventedWith && invented.has(reference.key),
    );
    const fault =
      isLasting && was !== undefined && was !== isRehearsal
        ? `must stay ${was}`
        : isWithInvented && !isRehearsal
          ? `must be true, because the ${kind.inventedWith} was made for rehearsals`
          : undefined;
    if (fault) faults.set(row, { row: row.number, column, fault });
  }
  return faults;
}

const wholesAtATime = 500;

/**
 * Checks records that are invented within a rehearsal (`within`): each stays what it is, and no
 * real one is a part of an invented one, which may come later in the file.
 */
export class RehearsalParts {
  private rehearsals: Promise<ReadonlySet<unknown>> | undefined;
  private readonly invented = new Set<string>();
  /** The rows of the real records that are parts, by their wholes. */
  private readonly realParts = new Map<string, number[]>();

  constructor(
    private readonly options: { readonly manager: EntityManager; readonly kind: ImportKind },
  ) {}

  /** The ids of what is a rehearsal, such as programmes. */
  private async readRehearsals(): Promise<ReadonlySet<unknown>> {
    const { manager, kind } = this.options;
    const refersTo = kind.columns[kind.within?.column ?? '']?.refersTo;
    if (!refersTo) return new Set();
    const found = await manager.find(refersTo.entity, { where: { [column]: true } });
    return new Set(found.map((row): unknown => row[refersTo.key]));
  }

  /** Reports each stored record that a row takes into a rehearsal, or out of one. */
  async check(
    rows: readonly ReadRow[],
    stored: ReadonlyMap<string, StoredRecord>,
  ): Promise<ReadonlyMap<ReadRow, Fault>> {
    const { within, partOf } = this.options.kind;
    const faults = new Map<ReadRow, Fault>();
    if (!within) return faults;
    const rehearsals = await (this.rehearsals ??= this.readRehearsals());
    for (const row of rows) {
      const { id = '', number } = row;
      const keyOf = (name: string | undefined) =>
        row.references.find((reference) => reference.column === name)?.key;
      const isInvented = rehearsals.has(keyOf(within.column));
      const whole = keyOf(partOf?.column);
      if (isInvented) this.invented.add(id);
      else if (whole !== undefined)
        this.realParts.set(whole, [...(this.realParts.get(whole) ?? []), number]);
      const before = stored.get(id)?.row;
      if (!before || rehearsals.has(before[within.property]) === isInvented) continue;
      const fault = isInvented ? 'must not become a rehearsal' : 'must stay a rehearsal';
      faults.set(row, { row: number, column: within.column, fault });
    }
    return faults;
  }

  /** Finds the real parts of invented wholes, once the file has been read. */
  async findRealParts(): Promise<Fault[]> {
    const { manager, kind } = this.options;
    const { entity, within, partOf } = kind;
    const rehearsals = [...((await this.rehearsals) ?? [])];
    const wholes = [...this.realParts.keys()];
    const invented = new Set(this.invented);
    for (let at = 0; within && rehearsals.length > 0 && at < wholes.length; at += wholesAtATime) {
      const id = In(wholes.slice(at, at + wholesAtATime));
      const found = await manager.find(entity, {
        where: { id, [within.property]: In(rehearsals) },
      });
      for (const row of found) invented.add(String(row['id']));
    }
    const fault = 'must not be of a rehearsal, because this row is not';
    return wholes
      .filter((whole) => invented.has(whole))
      .flatMap((whole) => this.realParts.get(whole) ?? [])
      .map((row) => ({ row, column: partOf?.column, fault }));
  }
}
