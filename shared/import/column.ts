import { type GraphQLScalarType } from 'graphql';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { DateScalar, PartialDateScalar, UrlScalar, longest } from '../graphql/scalars/scalars.js';
import { isOneLine, oneLineRule } from '../system/one-line.js';

/** Why a value is invalid, in words that follow “column email: ”. They do not contain the value. */
export class CellError extends Error {
  override readonly name = 'CellFault';
}

/** A reference from a column to one of the partner’s rows. */
export interface Reference {
  readonly entity: EntityTarget<ObjectLiteral>;
  /** The property that has the column’s value. */
  readonly key: string;
  /** The name of the target in messages: `unit`. */
  readonly what: string;
}

/** A column of a file: its meaning, and how its texts are parsed. */
export interface Column<Value> {
  readonly about: string;
  /** The form of its texts, in a few words. */
  readonly form: string;
  readonly isNeeded: boolean;
  /**
   * Whether a file may lack the column. A new record then has the value of an empty cell, and a
   * stored one keeps its own, in the property of the column’s name. @default false
   */
  readonly mayBeMissing?: boolean;
  readonly refersTo?: Reference;
  /**
   * Parses a text that is not empty.
   * @throws {@link CellFault}
   */
  read(text: string, partner: string): Value;
  /** The value of an empty cell, if empty cells are allowed. */
  readonly empty?: Value;
}

function limitedText(about: string, form: string, most: number): Column<string> {
  return {
    about,
    form,
    isNeeded: true,
    read(text) {
      if (text.length > most) {
        throw new CellError(`is longer than ${most.toLocaleString('en')} characters`);
      }
      return text;
    },
  };
}

/** A text of one line. */
export function text(about: string, most: number = longest.name): Column<string> {
  const column = limitedText(about, 'text', most);
  return {
    ...column,
    read(value, partner) {
      if (!isOneLine(value)) throw new CellError(oneLineRule);
      return column.read(value, partner);
    },
  };
}

/** A text of several sentences. */
export const prose = (about: string): Column<string> =>
  limitedText(about, 'text', longest.freeText);

/** A value of a scalar of the schema. */
export function scalar(type: GraphQLScalarType<string, string>, about: string): Column<string> {
  return {
    about,
    form: type.name,
    isNeeded: true,
    read(value) {
      try {
        return type.parseValue(value);
      } catch {
        throw new CellError(`is no ${type.name}. ${type.description ?? ''}`.trim());
      }
    },
  };
}

/** A value of an enum of the schema, in upper or lower case. */
export function enumValue<const Value extends string>(
  values: readonly Value[],
  about: string,
): Column<Value> {
  return {
    about,
    form: values.map((value) => `\`${value}\``).join(' '),
    isNeeded: true,
    read(text) {
      if (text.length > longest.word) throw new CellError(`must be one of ${values.join(', ')}`);
      const asked = text.toUpperCase().replace(/[\s-]+/g, '_');
      const value = values.find((known) => known === asked);
      if (value === undefined) throw new CellError(`must be one of ${values.join(', ')}`);
      return value;
    },
  };
}

const mostItems = 100;

/** Several different values, separated by semicolons. */
export function listOf<Value>(item: Column<Value>): Column<Value[]> {
  return {
    about: item.about,
    form: `list of ${item.form}`,
    isNeeded: false,
    empty: [],
    read(text, partner) {
      const items = text.split(';').map((part) => part.trim());
      const parts = items.filter(Boolean);
      if (parts.length > mostItems) throw new CellError(`has more than ${mostItems} values`);
      const read = parts.map((part) => item.read(part, partner));
      if (new Set(read).size < read.length) throw new CellError('has a repeated value');
      return read;
    },
  };
}

/** A number of things. */
export function count(about: string): Column<number> {
  return {
    about,
    form: 'whole number',
    isNeeded: true,
    read(text) {
      if (!/^\d{1,9}$/.test(text)) throw new CellError('must be a whole number');
      return Number(text);
    },
  };
}

const localId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** The global id for a local id, or for a global id of this owner. */
function readId(text: string, owner: string): string {
  const local = text.startsWith(`${owner}:`) ? text.slice(owner.length + 1) : text;
  if (localId.test(local)) return `${owner}:${local}`;
  if (text.includes(':')) throw new CellError(`is not an id of ${owner}`);
  throw new CellError('must be an id: letters, digits, “.”, “_” and “-”, at most 100');
}

/** The identity of the row, which must be the same in every file. */
export const ownId: Column<string> = {
  about: 'the identity of the row',
  form: 'id',
  isNeeded: true,
  read: readId,
};

/** An id of another partner. It is not looked up. */
export function idOf(owner: string, about: string): Column<string> {
  return { about, form: `id of \`${owner}\`’s`, isNeeded: true, read: (id) => readId(id, owner) };
}

/** The id of a row that this partner has. */
export function reference(
  entity: EntityTarget<ObjectLiteral>,
  what: string,
  about: string,
): Column<string> {
  const refersTo = { entity, what, key: 'id' };
  return { about, form: `${what}’s id`, isNeeded: true, refersTo, read: readId };
}

/** The code of a row that this partner has, for rows with internationally known codes. */
export function codeReference(
  entity: EntityTarget<ObjectLiteral>,
  what: string,
  about: string,
): Column<string> {
  const refersTo = { entity, what, key: 'code' };
  return { about, form: `${what}’s code`, isNeeded: true, refersTo, read: (code) => code };
}

/** A column that may be empty: null. */
export const optional = <Value>(column: Column<Value>): Column<Value | null> => ({
  ...column,
  isNeeded: false,
  empty: null,
});

/** A day, month or year, which may be unknown. */
export const partialDate = (about: string): Column<string | null> =>
  optional(scalar(PartialDateScalar, about));

/** A column that files of before it lack. What they have stored stays as it is. */
export const optionalInFile = <Value>(column: Column<Value>): Column<Value> => ({
  ...column,
  form: `${column.form}; may be missing`,
  mayBeMissing: true,
});

/** The page that a row comes from. */
export const sourceColumn = optional(scalar(UrlScalar, 'where this is written'));

/** The page that a body or a site comes from, and when it was read. */
export const statedColumns = {
  source: sourceColumn,
  checkedOn: optionalInFile(
    optional(scalar(DateScalar, 'the day on which somebody last read that page')),
  ),
};
