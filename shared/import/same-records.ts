import type { EntityManager, ObjectLiteral } from 'typeorm';
import { readKeys } from '../database/index.js';
import type { Fault } from './fault.js';
import type { ImportKind } from './kind.js';

/** The stored records and the new ones of a file, by what makes them the same. */
export interface SameRecords {
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

export async function readSame({ manager, kind, report }: SameOptions): Promise<SameRecords> {
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
