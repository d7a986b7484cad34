import { In, type EntityManager } from 'typeorm';
import { madeForRehearsals } from './common-columns.js';
import type { Fault } from './fault.js';
import type { ImportKind } from './kind.js';
import type { ReadRow } from './read-record.js';
import type { StoredRecord } from './stored-records.js';

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
