import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { HubError } from '../errors/index.js';
import { longestScalar } from './text-lengths.js';

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

/**
 * A scalar whose values are texts of one form, kept as they are. A value of another form, or one that is too long, is
 * `BAD_USER_INPUT`: its length is looked at first, since what tells its form may take longer than the text is long.
 * What is stored already may be longer; it was of its form when it was written.
 */
function createTextScalar(
  name: string,
  description: string,
  isOfForm: (text: string) => boolean,
  specifiedByURL?: string,
): GraphQLScalarType<string, string> {
  const most = longestScalar(name) ?? 0;
  const refuse = (message: string) => new HubError('BAD_USER_INPUT', { message });
  const ofForm = (value: unknown): string => {
    if (typeof value === 'string' && (value.length > most || isOfForm(value))) return value;
    throw refuse(`A ${name} has another form: ${description}`);
  };
  const parse = (value: unknown): string => {
    const text = ofForm(value);
    if (text.length > most) throw refuse(`A ${name} must have at most ${most} characters.`);
    return text;
  };
  return new GraphQLScalarType({
    name,
    description,
    specifiedByURL,
    serialize: ofForm,
    parseValue: parse,
    parseLiteral: (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const instant =
  /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export const DateScalar = createTextScalar(
  'Date',
  'ISO 8601 calendar date: 2009-09-13.',
  isCalendarDay,
);

export const DateTimeScalar = createTextScalar(
  'DateTime',
  'ISO 8601 instant with its offset: 2009-09-13T10:00:00Z.',
  (text) => instant.test(text) && isCalendarDay(text.slice(0, 10)),
);

export const PartialDateScalar = createTextScalar(
  'PartialDate',
  'ISO 8601 date of reduced precision: 2009, 2009-09 or 2009-09-13.',
  (text) => /^\d{4}$/.test(text) || /^\d{4}-(0[1-9]|1[0-2])$/.test(text) || isCalendarDay(text),
);

export const CountryCodeScalar = createTextScalar('CountryCode', 'ISO 3166-1 alpha-2.', (text) =>
  /^[A-Z]{2}$/.test(text),
);

export const LanguageTagScalar = createTextScalar('LanguageTag', 'BCP 47.', canonicalLanguage);

export const UrlScalar = createTextScalar(
  'URL',
  'An absolute http or https address.',
  (text) => /^https?:\/\//.test(text) && URL.canParse(text),
);

export const EmailAddressScalar = createTextScalar(
  'EmailAddress',
  'An e-mail address as in RFC 5322, without comments.',
  (text) => /^[^\s@<>"(),;:\\]+@[^\s@<>"(),;:\\]+\.[^\s@<>"(),;:\\]{2,}$/.test(text),
);
