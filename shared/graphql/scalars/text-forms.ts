import { isOneLine } from '../../system/one-line.js';

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
export interface TextForm {
  readonly description: string;
  /** Where the form is specified. The graph publishes it as `@specifiedBy`. */
  readonly specifiedBy: string;
  /** May take more than linear time: check the length first. */
  readonly isOfForm: (text: string) => boolean;
}

/** The scalars of the contracts whose values are texts of one form. */
export const textForms = {
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
