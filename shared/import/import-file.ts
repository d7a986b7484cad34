import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction } from '../database/index.js';
import { RowCheck } from './check-rows.js';
import type { Fault } from './fault.js';
import type { ImportKind } from './kind.js';
import type { ImportFile } from './read-table.js';
import { writeRecords, type Change } from './write-records.js';

/** How far an import has come. */
export interface ImportProgress {
  readonly phase: 'checked' | 'written';
  readonly rows: number;
  /** How many there are, once that is known. */
  readonly of?: number;
}

export interface ImportOptions {
  readonly source: DataSource;
  readonly partner: string;
  readonly kind: ImportKind;
  readonly file: ImportFile;
  /** Checks alone. @default false */
  readonly dryRun?: boolean;
  /** Is told every fault, as it is found. */
  readonly onFault: (fault: Fault) => void;
  /** Is told after each few hundred rows. The import, and the transaction it writes in, goes on when it is done. */
  readonly onProgress?: (progress: ImportProgress) => void | Promise<void>;
}

/** What an import has done, or with a dry run would do. With faults nothing is written. */
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

/** Undoes the transaction: what was checked is no longer so. The faults have been told. */
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

/** The first pass: nothing is written, and nobody else’s writes wait. */
async function checkFile(
  { source, onFault, onProgress, ...options }: ImportOptions,
  tally: Tally,
): Promise<RowCheck> {
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
  return check;
}

/** The second pass: all is checked again, since time has gone by, and written. Wholes before their parts. */
async function writeFile(
  manager: EntityManager,
  { onFault, onProgress, ...options }: ImportOptions,
  { wholes }: RowCheck,
  checked: Tally,
): Promise<Tally> {
  const tally = { ...createTally(), rows: checked.rows };
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
      addChanges(tally, due);
      await onProgress?.({
        phase: 'written',
        rows: tally.added + tally.changed,
        of: checked.added + checked.changed,
      });
    }
    if (tally.faults > 0) throw new NoLongerFits(tally.faults);
  }
  tally.unchanged = tally.rows - tally.added - tally.changed;
  return tally;
}

/**
 * Brings the records of a file into the database: all of them, or none. What is there is updated, what is not in the
 * file stays. The same file once more changes nothing.
 *
 * The file is read twice: checked first, and then written in one transaction, so that nobody else’s writes wait for
 * the check. Of it a few hundred rows are in memory, and the ids of all.
 * @throws what the file system or the database throws; nothing is written then either.
 */
export async function importFile(options: ImportOptions): Promise<ImportSummary> {
  const { source, file, dryRun = false, onFault } = options;
  const before = dryRun ? '' : await digest(file.path);
  const checked = createTally();
  const check = await checkFile(options, checked);
  if (dryRun || checked.faults > 0 || checked.added + checked.changed === 0) return checked;
  const hasChanged = async () => (await digest(file.path)) !== before;
  try {
    return await inTransaction(source, async (manager) => {
      const written = await writeFile(manager, options, check, checked);
      if (await hasChanged()) throw new NoLongerFits(0);
      return written;
    });
  } catch (error) {
    const told = error instanceof NoLongerFits ? error.faults : 0;
    if (!(await hasChanged())) {
      if (error instanceof NoLongerFits) return { ...checked, faults: told };
      throw error;
    }
    onFault({ fault: 'the file changed while it was read: import it again' });
    return { ...checked, faults: told + 1 };
  }
}
