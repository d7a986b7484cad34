import { HubError } from '@hub/shared/errors';
import { cutText, longest } from '@hub/shared/scalars';
import { isObject } from './answer.js';

/** One thing in a calendar, as a document’s aliases name its parts. All but `uid` and `date` may be null. */
export interface CalendarEvent {
  readonly uid: string;
  /** `2010-03-15` */
  readonly date: string;
  /** `09:00`, in the time of the place; any other text is told in words. */
  readonly start?: string | null;
  readonly end?: string | null;
  readonly summary?: string | null;
  readonly sequence?: number | null;
  readonly confirmed?: boolean | null;
  readonly category?: string | null;
  /** A text, or an object whose texts say where. */
  readonly location?: unknown;
  /** Where `location` says nothing. */
  readonly fallbackLocation?: string | null;
}

/** The octets that a line may have, its end aside. */
const longestLine = 75;

/** Breaks a line that is too long, between characters. */
export function foldLine(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > longestLine) {
      parts.push(part);
      part = '';
      // The blank at the beginning of a further line counts.
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}

const escapeText = (text: string): string =>
  text
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n|\r|\n/g, '\\n')
    // RFC 5545, 3.1: no other control characters.
    .replace(/[\p{Cc}]/gu, ' ');

const writeText = (name: string, text: string | null | undefined): string[] =>
  text ? [`${name}:${escapeText(cutText(text, longest.freeText))}`] : [];

/** `T090000`; undefined where the text is no time of the day. */
function readTime(text: string | null | undefined): string | undefined {
  const [, hours = '', minutes = ''] = /^(\d{1,2})[:.](\d{2})$/.exec(text?.trim() ?? '') ?? [];
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `T${hours.padStart(2, '0')}${minutes}00`;
}

const compact = (date: string): string => date.replaceAll('-', '');

function nextDay(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** When it is: floating times, which are those of wherever it takes place; the whole day where no time is known. */
function writeTimes({ date, start, end }: CalendarEvent): string[] {
  const from = readTime(start);
  const to = readTime(end);
  const inWords = [start, end].filter(Boolean).join(' – ');
  if (from === undefined) {
    return [
      `DTSTART;VALUE=DATE:${compact(date)}`,
      `DTEND;VALUE=DATE:${compact(nextDay(date))}`,
      ...writeText('DESCRIPTION', inWords),
    ];
  }
  const begins = `DTSTART:${compact(date)}${from}`;
  if (to !== undefined && to > from) return [begins, `DTEND:${compact(date)}${to}`];
  return [begins, ...(end ? writeText('DESCRIPTION', inWords) : [])];
}

/** All texts of a value, in its order. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function writeEvent(event: CalendarEvent, stamp: string): string[] {
  const { uid, summary, sequence, confirmed, category, location, fallbackLocation } = event;
  return [
    'BEGIN:VEVENT',
    ...writeText('UID', `${uid}@cooperation-hub`),
    `DTSTAMP:${stamp}`,
    ...writeTimes(event),
    ...writeText('SUMMARY', summary),
    ...writeText('LOCATION', textsIn(location).join(', ') || fallbackLocation),
    ...writeText('CATEGORIES', category),
    `STATUS:${confirmed === true ? 'CONFIRMED' : 'TENTATIVE'}`,
    `SEQUENCE:${sequence ?? 0}`,
    'END:VEVENT',
  ];
}

const writeLines = (lines: readonly string[]): string =>
  lines.map((line) => `${foldLine(line)}\r\n`).join('');

/**
 * Writes an answer as iCalendar, an event at a time: `{ calendar: { name, events } }`.
 * @throws HubError `NOT_FOUND` where there is no calendar
 * @see https://www.rfc-editor.org/rfc/rfc5545
 */
export function* writeCalendar(
  data: Readonly<Record<string, unknown>>,
  now: Date,
): Generator<string> {
  const { calendar } = data;
  if (!isObject(calendar)) throw new HubError('NOT_FOUND');
  const name = typeof calendar.name === 'string' ? calendar.name : undefined;
  const events = (Array.isArray(calendar.events) ? calendar.events : []) as CalendarEvent[];
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  yield writeLines([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Cooperation Hub//Export//EN',
    'CALSCALE:GREGORIAN',
    ...writeText('NAME', name),
    // What calendars read that do not know RFC 7986.
    ...writeText('X-WR-CALNAME', name),
  ]);
  for (const event of events) yield writeLines(writeEvent(event, stamp));
  yield writeLines(['END:VCALENDAR']);
}
