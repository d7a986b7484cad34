import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Sameness } from '../database/search/find-same.js';
import type { Column } from './column.js';

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** The values of a row by the names of its columns, with its global id. */
export type Values<Of extends Columns> = { readonly id: string } & {
  readonly [Name in keyof Of]: Of[Name] extends Column<infer Value> ? Value : never;
};

/** The complete rows of a table that belong to a record, such as a person’s languages. */
export interface ListRows {
  readonly entity: EntityTarget<ObjectLiteral>;
  /** The property that has the record’s id. */
  readonly owner: string;
  readonly rows: readonly ObjectLiteral[];
}

/** The record that a row of a file becomes. */
export interface ImportedRecord {
  /** All properties of the entity except its version and `initial`, with the derived ones. */
  readonly row: ObjectLiteral;
  readonly lists?: readonly ListRows[];
}

/** An error of values that contradict each other, at one of them. */
interface ValueFault<Name> {
  readonly column: Name;
  readonly fault: string;
}

export interface KindDefinition<Of extends Columns> {
  /** The name of the kind, which begins the names of its files: `officers`. */
  readonly name: string;
  readonly about: string;
  readonly entity: EntityTarget<ObjectLiteral>;
  /** All columns except `id`, which every kind has and which comes first. */
  readonly columns: Of;
  /** The column with the parent of a row, which has the same kind. Cycles are not allowed. */
  readonly partOf?: { readonly column: keyof Of & string; readonly property: string };
  /** What a new record has besides its row, and only a mutation changes. */
  readonly initial?: ObjectLiteral;
  /** The columns whose values a stored record keeps, with their properties. */
  readonly lasting?: { readonly [Name in keyof Of]?: string };
  /** The column with what makes a record invented, if that was made for rehearsals. */
  readonly inventedWith?: keyof Of & string;
  /** The column with what may be a rehearsal, and makes its records invented without a mark. */
  readonly within?: { readonly column: keyof Of & string; readonly property: string };
  /**
   * What makes a new or changed record the same thing as another one. It is then an error, because
   * a file cannot say `isAnother`.
   */
  readonly same?: Sameness;
  /** Whether a row belongs to an erased person: nothing is imported into it. */
  isErased?(row: ObjectLiteral): boolean;
  /** Checks that the values of one row are consistent. */
  check?(values: Values<Of>): ValueFault<keyof Of & string>[];
  toRecord(values: Values<Of>, partner: string): ImportedRecord;
}

/** A kind of records that a partner imports. */
export type ImportKind = KindDefinition<Columns>;

/** Defines a kind of records: its columns, and the records that they become. */
export const defineKind = <const Of extends Columns>(kind: KindDefinition<Of>): ImportKind =>
  // It only gets values that its own columns have parsed.
  kind as unknown as ImportKind;
