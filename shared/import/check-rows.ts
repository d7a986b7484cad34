import type { EntityManager, ObjectLiteral } from 'typeorm';
import { readKeys } from '../database/search/find-same.js';
import { KnownKeys, mergedFault } from './check-references.js';
import { RehearsalParts, findRehearsalFaults } from './check-rehearsals.js';
import { type Fault, UnreadableFile } from './fault.js';
import { Hierarchy } from './hierarchy.js';
import type { ImportKind } from './kind.js';
import { type NamedReference, type ReadRow, columnsOf, readRow } from './read-record.js';
import { type ImportFile, type NamedRow, readTable } from './read-table.js';
import { findStored, isUnchanged } from './stored-records.js';
import type { Change } from './write-records.js';

/** Collects errors until some rows are complete, and then reports them by row and column. */
class FaultsInOrder {
  private found: Fault[] = [];

  constructor(
    private readonly columns: readonly string[],
    private readonly report: (fault: Fault) => void,
  ) {}

  readonly add = (fault: Fault): void => {
    this.found.push(fault);
  };

  flush(): void {
    const columnIndexOf = ({ column = '' }: Fault): number => {
      const index = this.columns.indexOf(column);
      return index < 0 ? this.columns.length : index;
    };
    const sorted = this.found.sort(
      (a, b) => (a.row ?? 0) - (b.row ?? 0) || columnIndexOf(a) - columnIndexOf(b),
    );
    this.found = [];
    for (const fault of sorted) this.report(fault);
  }
}

const rowsAtATime = 500;
/**
 * The most characters of the rows that are checked at a time. With long rows, a batch has fewer
 * rows.
 */
const charactersAtATime = 5_000_000;

function lengthOf({ cells }: NamedRow): number {
  let length = 0;
  for (const cell of cells.values()) length += typeof cell === 'string' ? cell.length : 0;
  return length;
}

interface CheckOptions {
  readonly manager: EntityManager;
  readonly kind: ImportKind;
  readonly file: ImportFile;
  readonly partner: string;
  readonly report: (fault: Fault) => void;
}

/** Some checked rows of a file, and the records to be written. */
interface CheckedRows {
  /** The number of rows that have been read so far. */
  readonly read: number;
  readonly changes: readonly Change[];
  readonly unchanged: number;
}

interface LostWhole {
  readonly row: number;
  readonly reference: NamedReference;
  readonly fault: string;
}

/** Batches of rows. A batch is shorter at the end of the file, or if reading fails. */
async function* inBatches(rows: AsyncIterable<NamedRow>): AsyncGenerator<NamedRow[]> {
  let batch: NamedRow[] = [];
  let length = 0;
  try {
    for await (const row of rows) {
      batch.push(row);
      length += lengthOf(row);
      if (batch.length < rowsAtATime && length < charactersAtATime) continue;
      yield batch;
      batch = [];
      length = 0;
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    yield batch;
    throw error;
  }
  yield batch;
}

/** Checks the rows of a file: each by itself, against each other, and against the database. */
export class RowCheck {
  /** The hierarchy of the file’s records, once the file has been read. */
  readonly wholes = new Hierarchy();
  private readonly rowOfId = new Map<string, number>();
  private readonly lostWholes: LostWhole[] = [];
  private readonly keys: KnownKeys;
  private readonly within: RehearsalParts;
  private same: Promise<SameRecords> | undefined;
  private readonly options: CheckOptions;
  private readonly faults: FaultsInOrder;

  constructor(options: CheckOptions) {
    this.faults = new FaultsInOrder(Object.keys(columnsOf(options.kind)), options.report);
    this.options = { ...options, report: this.faults.add };
    this.keys = new KnownKeys(options.manager);
    this.within = new RehearsalParts(options);
  }

  /** Reads the file once, and reports every error in it. */
  async *run(): AsyncGenerator<CheckedRows> {
    const { kind, file, partner, report } = this.options;
    let read = 0;
    try {
      const columns = columnsOf(kind);
      const names = Object.keys(columns);
      const optional = names.filter((name) => columns[name]?.mayBeMissing);
      const named = { name: kind.name, columns: names, optional };
      for await (const batch of inBatches(readTable(file, named, report))) {
        read += batch.length;
        const rows = batch.map((row) => readRow(row, kind, partner, report));
        for (const row of rows) this.noteId(row);
        const lost = await this.checkReferences(rows);
        const whole = rows.filter((row) => row.record !== undefined && !lost.has(row));
        const compared = await this.compare(whole);
        this.faults.flush();
        yield { read, ...compared };
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      report({ fault: error.fault, row: error.row });
    }
    await this.checkWholes();
    this.faults.flush();
  }

  private noteId({ id, number, references }: ReadRow): void {
    if (id === undefined) return;
    const { kind, report } = this.options;
    const first = this.rowOfId.get(id);
    if (first !== undefined) {
      report({ row: number, column: 'id', fault: `is also the id of row ${first}` });
      return;
    }
    this.rowOfId.set(id, number);
    if (kind.partOf) {
      const whole = references.find(({ column }) => column === kind.partOf?.column);
      this.wholes.note(id, whole?.key, number);
    }
  }

  /**
   * Reports references to missing rows, and to merged ones. A parent may still follow. Returns the
   * rows with errors.
   */
  private async checkReferences(rows: readonly ReadRow[]): Promise<ReadonlySet<ReadRow>> {
    const { kind, report } = this.options;
    const faults = await this.keys.findFaults(rows.flatMap(({ references }) => references));
    const atFault = new Set<ReadRow>();
    for (const row of rows) {
      for (const reference of row.references) {
        const { column, key } = reference;
        const lost = faults.lost.get(reference);
        const fault = lost ?? faults.merged.get(reference);
        if (fault === undefined) continue;
        if (lost !== undefined && column === kind.partOf?.column) {
          if (!this.rowOfId.has(key)) this.lostWholes.push({ row: row.number, reference, fault });
          continue;
        }
        report({ row: row.number, column, fault });
        atFault.add(row);
      }
    }
    return atFault;
  }

  private async compare(
    rows: readonly ReadRow[],
  ): Promise<Pick<CheckedRows, 'changes' | 'unchanged'>> {
    const { manager, kind, report } = this.options;
    const records = rows.flatMap(({ record }) => record ?? []);
    const storedRecords = await findStored(manager, kind, records);
    const same = await (this.same ??= readSame(this.options));
    for (const { id = '', record, missing } of rows) {
      const stored = storedRecords.get(id)?.row;
      for (const name of stored ? missing : []) if (record) record.row[name] = stored?.[name];
    }
    const rehearsals = await findRehearsalFaults(manager, kind, rows, storedRecords);
    const moved = await this.within.check(rows, storedRecords);
    const changes: Change[] = [];
    let unchanged = 0;
    rows.forEach((row) => {
      const { record, number } = row;
      if (!record) return;
      const stored = storedRecords.get(String(record.row['id']));
      const rehearsal = rehearsals.get(row) ?? moved.get(row);
      const altered = Object.entries(kind.lasting ?? {}).filter(
        ([, property = '']) => stored && stored.row[property] !== record.row[property],
      );
      const into: unknown = stored?.row['mergedIntoId'];
      if (stored && kind.isErased?.(stored.row)) {
        const fault = 'is the id of a person who was erased';
        report({ row: number, column: 'id', fault });
      } else if (into != null) report({ row: number, column: 'id', fault: mergedFault(into) });
      else if (rehearsal) report(rehearsal);
      else if (altered.length > 0) {
        for (const [column] of altered)
          report({ row: number, column, fault: 'must stay the same' });
      } else if (stored && isUnchanged(record, stored)) unchanged += 1;
      else if (same.isNew(record.row, number, stored?.row)) changes.push({ record, stored });
    });
    return { changes, unchanged };
  }

  private async checkWholes(): Promise<void> {
    const { manager, kind, report } = this.options;
    if (!kind.partOf) return;
    for (const { row, reference, fault } of this.lostWholes) {
      if (this.rowOfId.has(reference.key)) continue;
      report({ row, column: reference.column, fault });
    }
    for (const fault of await this.wholes.findFaults(manager, kind)) report(fault);
    for (const fault of await this.within.findRealParts()) report(fault);
  }
}

/** The stored records and the new ones of a file, by what makes them the same. */
interface SameRecords {
  /**
   * False for a record of something that is recorded already, which is reported.
   * @param before the stored record that the row changes
   */
  isNew(row: ObjectLiteral, number: number, before?: ObjectLiteral): boolean;
}

interface SameOptions {
  readonly manager: EntityManager;
  readonly kind: ImportKind;
  readonly report: (fault: Fault) => void;
}

async function readSame({ manager, kind, report }: SameOptions): Promise<SameRecords> {
  const { same, entity } = kind;
  if (!same) return { isNew: () => true };
  const stored = await readKeys(manager, entity, same);
  const rows = new Map<string, number>();
  return {
    isNew(row, number, before) {
      const key = same.keyOf(row);
      if (key === null || (before && key === same.keyOf(before))) return true;
      const id = stored.get(key);
      const twin = id ?? (rows.has(key) ? `row ${rows.get(key)}` : undefined);
      rows.set(key, rows.get(key) ?? number);
      if (twin === undefined || id === row['id']) return true;
      const fault = `is a duplicate: ${twin} has the same ${same.properties.join(', ')}`;
      report({ row: number, column: same.properties[0], fault });
      return false;
    },
  };
}
