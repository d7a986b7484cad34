import type { EntityManager } from 'typeorm';
import { measureChange, type RecordChange } from '../records/changes/measure-change.js';
import { partOf } from '../records/changes/part-of.js';
import type { ImportKind } from './kind.js';
import { hasOtherRows } from './stored-records.js';
import { completeRow, hasVersions, type Change } from './write-records.js';

/** What an import has changed. It is recorded when all is written: until it ends, nobody else appends to the record. */
export class ImportedChanges {
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
