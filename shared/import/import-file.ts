import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction } from '../database/transaction.js';
import {
  measureChange,
  partOf,
  recordChanges,
  type RecordChange,
} from '../records/changes/record-writes.js';
import { RowCheck } from './check-rows.js';
import type { Fault } from './fault.js';
import type { ImportKind } from './kind.js';
import type { ImportFile } from './read-table.js';
import { hasOtherRows } from './stored-records.js';
import { completeRow, hasVersions, writeRecords, type Change } from './write-records.js';

/** What an import has changed. It is recorded when all is written: until it ends, nobody else appends to the record. */
class ImportedChanges {
  readonly records: RecordChange[] = [];
  /** An import changes the same few fields of many records. */
  readonly #fields = new Map<string, readonly string[]>();

  constructor(
    private readonly manager: EntityManager,
    private readonly kind: ImportKind,
  ) {}

  add(changes: readonly Change[]): void {
    const metadata = this.manager.connection.getMetadata(this.kind.entity);
    for (const change of changes) {
      const { record, stored } = change;
      const own = measureChange(metadata, {
        before: stored?.row,
        after: completeRow(change, hasVersions(metadata), this.kind.initial),
      });
      const lists = (record.lists ?? []).filter((list, index) =>
        hasOtherRows(list, stored?.lists[index]),
      );
      const ofLists = lists.map(({ entity }) => {
        const { target, tableName } = this.manager.connection.getMetadata(entity);
        return partOf(target)?.field ?? tableName;
      });
      const fields = [...(own?.fields ?? []), ...ofLists].toSorted();
      this.records.push({ subject: String(record.row['id']), fields: this.#share(fields) });
    }
  }

  #share(fields: readonly string[]): readonly string[] {
    const key = fields.join();
    const known = this.#fields.get(key);
    if (known) return known;
    this.#fields.set(key, fields);
    return fields;
  }
}

/** The progress of an import. */
export interface ImportProgress {
  readonly phase: 'checked' | 'written';
  readonly rows: number;
  /** The total, once it is known. */
  readonly of?: number;
}

export interface ImportOptions {
  readonly source: DataSource;
  readonly partner: string;
  readonly kind: ImportKind;
  readonly file: ImportFile;
  /** Only checks. @default false */
  readonly dryRun?: boolean;
  /** When it was done, for the record of changes. @default the system’s clock */
  readonly clock?: () => Date;
  /** Called with each error, as it is found. */
  readonly onFault: (fault: Fault) => void;
  /** Called after every few hundred rows. The import and its transaction wait for it. */
  readonly onProgress?: (progress: ImportProgress) => void | Promise<void>;
}

/** What an import has done, or what a dry run would do. If there are errors, nothing is written. */
export interface ImportSummary {
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly faults: number;
}

interface Tally {
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  faults: number;
}

const createTally = (): Tally => ({ rows: 0, added: 0, changed: 0, unchanged: 0, faults: 0 });

/** Undoes the transaction: a record has become invalid. The errors have been reported. */
class NoLongerFits extends Error {
  override readonly name = 'NoLongerFits';

  constructor(readonly faults: number) {
    super();
  }
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

function addChanges(tally: Tally, changes: readonly Change[]): void {
  const added = changes.filter(({ stored }) => stored === undefined).length;
  tally.added += added;
  tally.changed += changes.length - added;
}

/**
 * The first pass. It writes nothing, and delays no other writes. Only the hierarchy is kept: the ids
 * and keys of large files fill the memory.
 */
async function checkFile(
  { source, onFault, onProgress, ...options }: ImportOptions,
  tally: Tally,
): Promise<RowCheck['wholes']> {
  const report = (fault: Fault) => {
    tally.faults += 1;
    onFault(fault);
  };
  const check = new RowCheck({ ...options, manager: source.manager, report });
  for await (const { read, changes, unchanged } of check.run()) {
    tally.rows = read;
    tally.unchanged += unchanged;
    addChanges(tally, changes);
    await onProgress?.({ phase: 'checked', rows: read });
  }
  return check.wholes;
}

/**
 * The second pass. It checks everything again, because time has passed, and writes. Parents are
 * written before their children.
 */
async function writeFile(
  manager: EntityManager,
  { onFault, onProgress, clock = () => new Date(), ...options }: ImportOptions,
  wholes: RowCheck['wholes'],
  checked: Tally,
): Promise<Tally> {
  const tally = { ...createTally(), rows: checked.rows };
  const written = new ImportedChanges(manager, options.kind);
  const report = (fault: Fault) => {
    tally.faults += 1;
    onFault(fault);
  };
  for (let depth = 0; depth <= wholes.depth; depth += 1) {
    const isDue = ({ record }: Change) => wholes.depthOf(String(record.row['id'])) === depth;
    const check = new RowCheck({ ...options, manager, report });
    for await (const { changes } of check.run()) {
      if (tally.faults > 0) throw new NoLongerFits(tally.faults);
      const due = changes.filter(isDue);
      await writeRecords(manager, options.kind, due);
      written.add(due);
      addChanges(tally, due);
      await onProgress?.({
        phase: 'written',
        rows: tally.added + tally.changed,
        of: checked.added + checked.changed,
      });
    }
    if (tally.faults > 0) throw new NoLongerFits(tally.faults);
  }
  await recordChanges(manager, {
    organisation: options.partner,
    person: null,
    mutation: 'import',
    reason: null,
    at: clock(),
    records: written.records,
  });
  tally.unchanged = tally.rows - tally.added - tally.changed;
  return tally;
}

/**
 * Imports the records of a file into the database: all of them, or none. Existing records are
 * updated, and records that are not in the file stay. Importing the same file again changes
 * nothing.
 *
 * The file is read twice: first to check it, and then to write in one transaction, so that other
 * writes do not wait for the check. Only a few hundred rows are in memory, and all ids.
 * @throws errors of the file system or the database; nothing is written then either
 */
export async function importFile(options: ImportOptions): Promise<ImportSummary> {
  const { source, file, dryRun = false, onFault } = options;
  const before = dryRun ? '' : await digest(file.path);
  const checked = createTally();
  const wholes = await checkFile(options, checked);
  if (dryRun || checked.faults > 0 || checked.added + checked.changed === 0) return checked;
  const hasChanged = async () => (await digest(file.path)) !== before;
  try {
    return await inTransaction(source, async (manager) => {
      const written = await writeFile(manager, options, wholes, checked);
      if (await hasChanged()) throw new NoLongerFits(0);
      return written;
    });
  } catch (error) {
    const told = error instanceof NoLongerFits ? error.faults : 0;
    if (!(await hasChanged())) {
      if (error instanceof NoLongerFits) return { ...checked, faults: told };
      throw error;
    }
    onFault({ fault: 'the file changed while it was read. Import it again' });
    return { ...checked, faults: told + 1 };
  }
}
