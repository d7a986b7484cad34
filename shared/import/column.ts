import { type GraphQLScalarType } from 'graphql';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { longest } from '../scalars/text-lengths.js';

/** Why a value does not fit, in words that go after “column email: ”. The value is not among them. */
export class CellFault extends Error {
  override readonly name = 'CellFault';
}

/** A row of a partner’s own that a column names. */
export interface Reference {
  readonly entity: EntityTarget<ObjectLiteral>;
  /** The property that the column’s value is. */
  readonly key: string;
  /** What it is, as a fault calls it: `unit`. */
  readonly what: string;
}

/** A column of a file: what it means, and how its texts are read. */
export interface Column<Value> {
  readonly about: string;
  /** Of which form its texts are, in a few words. */
  readonly form: string;
  readonly isNeeded: boolean;
  readonly refersTo?: Reference;
  /**
   * The value of a text that is not empty.
   * @throws {@link CellFault}
   */
  read(text: string, partner: string): Value;
  /** The value of an empty cell, where that is allowed. */
  readonly empty?: Value;
}

function limitedText(about: string, form: string, most: number): Column<string> {
  return {
    about,
    form,
    isNeeded: true,
    read(text) {
      if (text.length > most) {
        throw new CellFault(`is longer than ${most.toLocaleString('en')} characters`);
      }
      return text;
    },
  };
}

/** A text of a line. */
export const text = (about: string): Column<string> => limitedText(about, 'text', longest.name);

/** A text of several sentences. */
export const prose = (about: string): Column<string> =>
  limitedText(about, 'text', longest.freeText);

/** A value of one of the graph’s scalars. */
export function scalar(type: GraphQLScalarType<string, string>, about: string): Column<string> {
  return {
    about,
    form: type.name,
    isNeeded: true,
    read(value) {
      try {
        return type.parseValue(value);
      } catch {
        throw new CellFault(`is no ${type.name}. ${type.description ?? ''}`.trim());
      }
    },
  };
}

/** A value of an enum of the graph, in letters of any case. */
export function enumValue<const Value extends string>(
  values: readonly Value[],
  about: string,
): Column<Value> {
  return {
    about,
    form: values.map((value) => `\`${value}\``).join(' '),
    isNeeded: true,
    read(text) {
      if (text.length > longest.word) throw new CellFault(`is none of ${values.join(', ')}`);
      const asked = text.toUpperCase().replace(/[\s-]+/g, '_');
      const value = values.find((known) => known === asked);
      if (value === undefined) throw new CellFault(`is none of ${values.join(', ')}`);
      return value;
    },
  };
}

const mostItems = 100;

/** Several values, separated by semicolons, each of them once. */
export function listOf<Value>(item: Column<Value>): Column<Value[]> {
  return {
    about: item.about,
    form: `list of ${item.form}`,
    isNeeded: false,
    empty: [],
    read(text, partner) {
      const items = text.split(';').map((part) => part.trim());
      const parts = items.filter(Boolean);
      if (parts.length > mostItems) throw new CellFault(`has more than ${mostItems} values`);
      const read = parts.map((part) => item.read(part, partner));
      if (new Set(read).size < read.length) throw new CellFault('has a value twice');
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
      if (!/^\d{1,9}$/.test(text)) throw new CellFault('is no whole number');
      return Number(text);
    },
  };
}

const localId = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** The global id for a local one, or for one that is global already and of this owner’s. */
function readId(text: string, owner: string): string {
  const local = text.startsWith(`${owner}:`) ? text.slice(owner.length + 1) : text;
  if (localId.test(local)) return `${owner}:${local}`;
  if (text.includes(':')) throw new CellFault(`is no id of ${owner}’s`);
  throw new CellFault('is no id: letters, digits, “.”, “_” and “-”, 100 at most');
}

/** What a row is known by, in every file again. */
export const ownId: Column<string> = {
  about: 'what the row is known by',
  form: 'id',
  isNeeded: true,
  read: readId,
};

/** An id of another partner’s, which is not looked up. */
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

/** The code of a row that this partner has, where it is known by one that all the world uses. */
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
