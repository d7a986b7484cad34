import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { registerEnumType } from 'type-graphql';
import { longestCursor } from '../../database/pagination/cursor.js';
import { HubError, refuseInput } from '../../errors/hub-error.js';
import { isOneLine } from '../../system/one-line.js';
import { firstDayOf, lastDayOf } from './dates.js';

/** A `DateTime` is longer than a date, and one instant. */
const isInstant = (text: string): boolean => text.length > 10;
const firstMsOf = (start: string): number =>
  Date.parse(isInstant(start) ? start : firstDayOf(start));
const lastMsOf = (end: string): number => Date.parse(isInstant(end) ? end : lastDayOf(end));

/**
 * Refuses a range whose end is before its start: two dates, two partial dates (which cover their
 * whole range), or two instants. A missing end is open.
 * @param argument the end of the range, as a dotted path
 * @throws HubError `BAD_USER_INPUT` with `argument`
 */
export function checkRange(
  start: string | null | undefined,
  end: string | null | undefined,
  argument: string,
): void {
  if (start == null || end == null || firstMsOf(start) <= lastMsOf(end)) return;
  refuseInput(argument, `\`${argument}\` must not be before the start of its range.`);
}

/** The sign at the end of a cut text. */
const sign = '…';

/** Cuts a text to at most `most` UTF-16 code units. A cut text ends with `…`. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - sign.length);
  // Do not leave half of a surrogate pair.
  return `${cut.replace(/[\uD800-\uDBFF]$/, '')}${sign}`;
}

/**
 * An enum of a schema: its values by name, registered under its name in the schema.
 *
 * Each partner creates its own enums, even those of several contracts, because a registered enum
 * belongs to one schema.
 * @param values each with its description
 * @example export const Direction = createEnum('Direction', 'Which way a group travels.', {
 *   NORTH: 'To the north.',
 *   SOUTH: 'To the south.',
 * }); export type Direction = keyof typeof Direction;
 */
export function createEnum<const Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
): { readonly [Each in Value]: Each } {
  const names = Object.keys(values) as Value[];
  const byName = Object.freeze(
    Object.fromEntries(names.map((value) => [value, value])) as { [Each in Value]: Each },
  );
  const valuesConfig = Object.fromEntries(
    names.map((value) => [value, { description: values[value] }]),
  ) as { [Each in Value]: { description: string } };
  registerEnumType(byName, { name, description, valuesConfig });
  return byName;
}

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

const calendarDay = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** True for an ISO 8601 calendar date that exists: `2009-02-29` does not. */
function isCalendarDay(text: string): boolean {
  if (!calendarDay.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

const canonicalLanguage = (text: string): boolean => {
  try {
    return Intl.getCanonicalLocales(text)[0] === text;
  } catch {
    return false;
  }
};

const instant =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** The form that all texts of a scalar have. */
interface TextForm {
  readonly description: string;
  /** Where the form is specified. The graph publishes it as `@specifiedBy`. */
  readonly specifiedBy: string;
  /** May take more than linear time: check the length first. */
  readonly isOfForm: (text: string) => boolean;
}

/** The scalars of the contracts whose values are texts of one form. */
const textForms = {
  Date: {
    description: 'ISO 8601 calendar date: 2009-09-13.',
    specifiedBy: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
    isOfForm: isCalendarDay,
  },
  DateTime: {
    description: 'ISO 8601 instant with its offset: 2009-09-13T10:00:00Z.',
    specifiedBy: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
    isOfForm: (text) => instant.test(text) && isCalendarDay(text.slice(0, 10)),
  },
  PartialDate: {
    description: 'ISO 8601 date of reduced precision: 2009, 2009-09 or 2009-09-13.',
    specifiedBy: 'https://www.w3.org/TR/NOTE-datetime',
    isOfForm: (text) =>
      /^\d{4}$/.test(text) || /^\d{4}-(0[1-9]|1[0-2])$/.test(text) || isCalendarDay(text),
  },
  CountryCode: {
    description: 'ISO 3166-1 alpha-2.',
    specifiedBy: 'https://www.iso.org/iso-3166-country-codes.html',
    isOfForm: (text) => /^[A-Z]{2}$/.test(text),
  },
  LanguageTag: {
    description: 'BCP 47.',
    specifiedBy: 'https://www.rfc-editor.org/info/bcp47',
    isOfForm: canonicalLanguage,
  },
  URL: {
    description: 'An absolute http or https address.',
    specifiedBy: 'https://url.spec.whatwg.org/',
    isOfForm: (text) => /^https?:\/\//.test(text) && URL.canParse(text) && isOneLine(text),
  },
  EmailAddress: {
    description: 'An e-mail address as in RFC 5322, without comments.',
    specifiedBy: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1',
    isOfForm: (text) =>
      /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@<>"(),;:\\]{2,}$/.test(text) && isOneLine(text),
  },
} as const satisfies Readonly<Record<string, TextForm>>;

/** The form of a scalar with this name; undefined if values may have any form. */
export const formOfScalar = (scalar: string): TextForm | undefined =>
  Object.hasOwn(textForms, scalar) ? textForms[scalar as keyof typeof textForms] : undefined;

/**
 * A scalar whose values are texts of one form, stored unchanged. A value of another form or too
 * long a value is `BAD_USER_INPUT`. The length is checked first, because checking the form may take
 * more than linear time. Stored texts may be longer; their form was checked when they were written.
 */
function createTextScalar(name: keyof typeof textForms): GraphQLScalarType<string, string> {
  const { description, isOfForm }: TextForm = textForms[name];
  const most = longestScalar(name) ?? 0;
  const refuse = (message: string) => new HubError('BAD_USER_INPUT', { message });
  const ofForm = (value: unknown): string => {
    if (typeof value === 'string' && (value.length > most || isOfForm(value))) return value;
    throw refuse(`A ${name} must have this form: ${description}`);
  };
  const parse = (value: unknown): string => {
    const text = ofForm(value);
    if (text.length > most) throw refuse(`A ${name} must have at most ${most} characters.`);
    return text;
  };
  return new GraphQLScalarType({
    name,
    description,
    serialize: ofForm,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const DateScalar = createTextScalar('Date');
export const DateTimeScalar = createTextScalar('DateTime');
export const PartialDateScalar = createTextScalar('PartialDate');
export const CountryCodeScalar = createTextScalar('CountryCode');
export const LanguageTagScalar = createTextScalar('LanguageTag');
export const UrlScalar = createTextScalar('URL');
export const EmailAddressScalar = createTextScalar('EmailAddress');
