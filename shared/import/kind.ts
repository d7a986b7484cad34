import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Column } from './column.js';

export type Columns = Readonly<Record<string, Column<unknown>>>;

/** The values of a row by the names of its columns, with its global id. */
export type Values<Of extends Columns> = { readonly id: string } & {
  readonly [Name in keyof Of]: Of[Name] extends Column<infer Value> ? Value : never;
};

/** Rows of a table that belong to a record, as a person’s languages do. All that there are. */
export interface ListRows {
  readonly entity: EntityTarget<ObjectLiteral>;
  /** The property that holds the record’s id. */
  readonly owner: string;
  readonly rows: readonly ObjectLiteral[];
}

/** What a row of a file becomes in the database. */
export interface ImportedRecord {
  /** All properties of the entity but its version, the derived ones too. */
  readonly row: ObjectLiteral;
  readonly lists?: readonly ListRows[];
}

/** A fault of values that do not go with each other, at one of them. */
interface ValueFault<Name> {
  readonly column: Name;
  readonly fault: string;
}

export interface KindDefinition<Of extends Columns> {
  /** As files of the kind are called: `officers`. */
  readonly name: string;
  readonly about: string;
  readonly entity: EntityTarget<ObjectLiteral>;
  /** All columns but `id`, which every kind has and which comes first. */
  readonly columns: Of;
  /** The column by which a row is part of another of the same kind. No row may so be part of itself. */
  readonly partOf?: { readonly column: keyof Of & string; readonly property: string };
  /** Whether a row is what is left of a person who was erased: nothing is imported into it. */
  isErased?(row: ObjectLiteral): boolean;
  /** What the values of one row have to keep among each other. */
  check?(values: Values<Of>): ValueFault<keyof Of & string>[];
  toRecord(values: Values<Of>, partner: string): ImportedRecord;
}

/** A kind of records that a partner imports. */
export type ImportKind = KindDefinition<Columns>;

/** Says which columns a kind of records has, and what they become. */
export const defineKind = <const Of extends Columns>(kind: KindDefinition<Of>): ImportKind =>
  // It is given only values that its own columns have read.
  kind as unknown as ImportKind;
