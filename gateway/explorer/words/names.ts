import {
  bindLetters,
  dateForms,
  findText,
  formatDate,
  formsOf,
  language,
  t,
  type WordKey,
  writeMoment,
} from './language.ts';

function nameOf(type: 'region' | 'language', code: string): string {
  try {
    return new Intl.DisplayNames(formsOf(language.value), { type }).of(code) ?? code;
  } catch {
    // A code that no standard knows stays as it is.
    return code;
  }
}

/** The name of a country in the reader’s language. */
export const nameOfCountry = (code: string): string => nameOf('region', code);

/** Orders by names, as the reader’s language does. */
export function orderByName<Row>(
  rows: readonly Row[],
  nameOfRow: (row: Row) => string,
): readonly Row[] {
  const { compare } = new Intl.Collator(formsOf(language.value));
  return rows.toSorted((one, other) => compare(nameOfRow(one), nameOfRow(other)));
}

/** Countries in the order of their names in the reader’s language. */
export const orderCountries = (codes: readonly string[]): readonly string[] =>
  orderByName(codes, nameOfCountry);

/** The names of countries in the reader’s language, in its order. */
export const nameCountries = (codes: readonly string[]): readonly string[] =>
  orderCountries(codes).map(nameOfCountry);

interface Side {
  readonly id: string;
  readonly name: string;
}

const documented = ['north-west-russia', 'nordic-countries', 'nordic-baltic-countries'] as const;

/** The name of a side of a programme: its own, or that of a place in the founding document. */
export function nameOfSide({ id, name }: Side): string {
  const place = documented.find((one) => id.endsWith(`/side/${one}`));
  return place ? t(`sides.${place}`) : name;
}

/** What sources call the ends of their journeys. */
const destinations: Readonly<Record<string, WordKey>> = {
  'a Nordic country': 'sides.aNordicCountry',
  'North and West Russia': 'sides.northAndWestRussia',
  'North-West Russia': 'sides.north-west-russia',
};

/** Where a journey leads: as its programme says, or what the documents call it in the reader’s language. */
export function nameOfDestination(destination: string): string {
  const known = destinations[destination];
  return known ? t(known) : destination;
}

interface Region {
  readonly code: string;
  readonly name: string;
}

/** The name of a region in the reader’s language, if it is one of the documented. */
export const nameOfRegion = ({ code, name }: Region): string =>
  findText([`regions.${code}`], {}) ?? name;

interface Nomination<Status> {
  readonly status: Status;
  readonly reserve: boolean | null;
}

/** How far a nomination is: who is selected as a reserve does not travel yet. */
export const stateOfNomination = <Status extends string | null>({
  status,
  reserve,
}: Nomination<Status>): Status | 'RESERVE' =>
  reserve && status === 'SELECTED' ? 'RESERVE' : status;

/** From where to where a journey leads. */
export const nameOfEnds = ({ from, to }: { readonly from: Side; readonly to: Side }): string =>
  t('sides.ends', { from: nameOfSide(from), to: nameOfSide(to) });

/** The name of a language in the reader’s language. */
export const nameOfLanguage = (code: string): string => nameOf('language', code);

/** Several names as one text: `Estonian, Russian`. Not by `Intl`, which writes no comma in Russian. */
export const joinNames = (names: readonly string[]): string => names.join(', ');

/** A day of a programme: `Monday 23 November 2026`. */
export const formatWeekday = (day: string): string =>
  writeMoment(day, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });

/** The days of an event; of one whose source names the month or the year alone, that. */
export const formatEventDays = (startsOn: string, endsOn: string | null): string =>
  startsOn.length === 10 ? formatDays(startsOn, endsOn) : formatDate(startsOn);

/** A number of days or weeks in words: `1 week`. */
export const formatUnits = (number: number, unit: 'day' | 'week'): string =>
  new Intl.NumberFormat(formsOf(language.value), {
    style: 'unit',
    unit,
    unitDisplay: 'long',
  }).format(number);

/** From a day to a day: `22–27 November 2026`. A day that is not set is unknown. */
export function formatDays(from: string | null, to: string | null): string {
  const format = {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  } as const;
  const days = [from, to].filter((day) => day !== null);
  const [first, last] = days.map((day) => new Date(day));
  if (first && last && !Number.isNaN(first.getTime() + last.getTime()))
    return bindLetters(
      new Intl.DateTimeFormat(dateForms(language.value), format)
        .formatRange(first, last)
        .replace(/^(\d+\.?)\s–\s(?=\d+\.?\s)/, '$1–'),
    );
  return days.map((day) => writeMoment(day, format)).join('–') || t('response.unknown');
}

const hourMs = 3_600_000;

/** How long ago a moment was, in hours, or in days from two days on: `3 days ago`. */
export function formatAge(at: string): string {
  const hours = Math.floor((Date.now() - Date.parse(at)) / hourMs);
  if (Number.isNaN(hours)) return at;
  const format = new Intl.RelativeTimeFormat(formsOf(language.value), { numeric: 'auto' });
  return format.format(-Math.floor(hours / 24), 'day');
}

/** How old something is: `40 seconds`, `12 minutes`, `3 hours`. */
export function formatDuration(seconds: number): string {
  const [unit, size] =
    seconds < 120
      ? (['second', 1] as const)
      : seconds < 7_200
        ? (['minute', 60] as const)
        : (['hour', 3_600] as const);
  const format = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return new Intl.NumberFormat(formsOf(language.value), format).format(Math.round(seconds / size));
}
