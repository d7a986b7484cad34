import { isDeepStrictEqual } from 'node:util';
import type { EntityMetadata, ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

interface Part {
  /** The field of the record that shows the rows. */
  readonly field: string;
  /** The properties with the record’s id. The first one that is not null counts. */
  readonly owners: readonly string[];
}

const parts = new WeakMap<object, Part>();

/**
 * Declares that the rows of an entity are a list of another record. A change of such a row is a
 * change of that record’s field.
 * @example
 * ```ts
 * @Entity({ name: 'visit_hosts' })
 * @PartOf('hostCountries', 'visitId')
 * export class VisitHost { … }
 * ```
 */
export const PartOf =
  (field: string, ...owners: readonly string[]): ClassDecorator =>
  (entity) => {
    parts.set(entity, { field, owners });
  };

export const partOf = (entity: Function | string): Part | undefined =>
  typeof entity === 'string' ? undefined : parts.get(entity);

/** A record, and the fields that were changed. */
export interface RecordChange {
  readonly subject: string;
  readonly fields: readonly string[];
}

/** A row before and after a write. If one is missing, the row was added or removed. */
interface RowChange {
  readonly before?: ObjectLiteral | null | undefined;
  /** The written properties. Missing ones are unchanged. */
  readonly after?: ObjectLiteral | undefined;
}

/** Search columns, which are derived from other columns. */
const isDerived = ({ propertyName }: ColumnMetadata): boolean => propertyName.startsWith('search');

/** `visitId` is `visit` in the schema. */
const nameOf = ({ propertyName }: ColumnMetadata): string => propertyName.replace(/Id$/, '');

const isNothing = (value: unknown): boolean => value === null || value === undefined;

function hasChanged(column: ColumnMetadata, { before, after }: RowChange): boolean {
  if (!before || !after) return !isNothing(column.getEntityValue(before ?? after ?? {}));
  const written: unknown = column.getEntityValue(after);
  if (written === undefined) return false;
  const stored: unknown = column.getEntityValue(before);
  if (isNothing(written) || isNothing(stored)) return isNothing(written) !== isNothing(stored);
  return !isDeepStrictEqual(written, stored);
}

/** The id of the record to which a row belongs: its own, or that of the record that it extends. */
function subjectOf({ primaryColumns, target }: EntityMetadata, row: ObjectLiteral): string {
  const [owner] = partOf(target)?.owners.filter((property) => !isNothing(row[property])) ?? [];
  if (owner !== undefined) return String(row[owner]);
  const key = primaryColumns.find(({ propertyName }) => propertyName === 'id') ?? primaryColumns[0];
  return String(key?.getEntityValue(row));
}

/** The record and fields that a write of a row changes; undefined if it changes nothing. */
export function measureChange(metadata: EntityMetadata, row: RowChange): RecordChange | undefined {
  const columns = metadata.columns.filter((column) => !column.isPrimary && !isDerived(column));
  const changed = columns.filter((column) => hasChanged(column, row));
  const isWhole = !row.before || !row.after;
  if (changed.length === 0 && !isWhole) return undefined;
  const subject = subjectOf(metadata, { ...row.after, ...row.before });
  const part = partOf(metadata.target);
  return { subject, fields: part ? [part.field] : changed.map(nameOf) };
}
