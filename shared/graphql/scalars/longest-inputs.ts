import { longestCursor } from '../../database/pagination/cursor.js';

/**
 * The longest texts and lists in requests, in UTF-16 code units. They are the same for all partners
 * and the hub, so they are part of the contract and not settings. Stored texts may be longer, and
 * stay readable.
 */
export const longest = Object.freeze({
  id: 200,
  search: 200,
  name: 300,
  freeText: 20_000,
  cursor: longestCursor,
  language: 35,
  country: 2,
  date: 10,
  instant: 40,
  url: 2_000,
  email: 254,
  /** For a number, an enum value or a Boolean. */
  word: 100,
  /** Items of a list. The representations of `_entities` have a bound of their own. */
  list: 200,
});

const longestOfScalar: ReadonlyMap<string, number> = new Map([
  ['ID', longest.id],
  ['Date', longest.date],
  ['PartialDate', longest.date],
  ['DateTime', longest.instant],
  ['CountryCode', longest.country],
  ['LanguageTag', longest.language],
  ['URL', longest.url],
  ['EmailAddress', longest.email],
  ['Int', longest.word],
  ['Float', longest.word],
  ['Boolean', longest.word],
]);

/** The names of one-line texts in the contracts. */
const names: readonly string[] = [
  'acronym',
  'city',
  'employer',
  'from',
  'function',
  'kind',
  'label',
  'localAuthority',
  'name',
  'place',
  'rank',
  'telephone',
  'title',
  'to',
  'variants',
  'venue',
];

/** Arguments and input fields of type `String` that are not free text. */
const longestOfArgument: ReadonlyMap<string, number> = new Map([
  ['search', longest.search],
  ['after', longest.cursor],
  ['before', longest.cursor],
  ...names.map((name) => [name, longest.name] as const),
]);

/** Arguments and input fields that are one line, although they may be as long as free text. */
const longLines: ReadonlySet<string> = new Set([
  'destination',
  'element',
  'property',
  'series',
  'subject',
  'targetGroup',
]);

/**
 * Whether an argument or input field with this name and scalar takes one line of text. An id is
 * compared and never shown, so that an odd one is only unknown.
 */
export const isLine = (name: string, scalar: string): boolean =>
  scalar === 'String' && (longestOfArgument.has(name) || longLines.has(name));

/**
 * The longest text of a scalar with this name. Undefined for `String` and for an unknown scalar.
 */
export const longestScalar = (scalar: string): number | undefined => longestOfScalar.get(scalar);

/** The longest text of an argument or input field with this name and scalar. */
export const longestArgument = (name: string, scalar: string): number =>
  longestScalar(scalar) ??
  (scalar === 'String' ? longestOfArgument.get(name) : undefined) ??
  longest.freeText;
