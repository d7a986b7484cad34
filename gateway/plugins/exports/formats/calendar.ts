import { HubError } from '@hub/shared/errors';
import { cutText, longest } from '@hub/shared/graphql';
import ICAL from 'ical.js';
import { isObject } from '../graph-response.js';
import { textOf, textsIn } from './texts.js';

/**
 * An event of a calendar, as the aliases of a document name its parts. All but `uid` and `date` may
 * be null.
 */
export interface CalendarEvent {
  readonly uid: string;
  /** `2010-03-15`. Without one, it is in no calendar. */
  readonly date: string;
  /** Its last day, if it lasts several. */
  readonly until?: string | null;
  /** `09:00`, in local time. Any other text goes into the description. */
  readonly start?: string | null;
  readonly end?: string | null;
  readonly summary?: string | null;
  /** As for the whole calendar. */
  readonly isRehearsal?: boolean | null;
  readonly sequence?: number | null;
  readonly confirmed?: boolean | null;
  readonly category?: string | null;
  /** `CALLED_OFF` or `NOT_HELD` cancels the event. */
  readonly status?: string | null;
  /** A text, or an object whose texts name the place. */
  readonly location?: unknown;
  /** Follows the name of the place. */
  readonly address?: string | null;
  /** Used with `fallbackLocation` if neither `location` nor `address` has a text. */
  readonly city?: string | null;
  readonly fallbackLocation?: string | null;
  readonly meetingPoint?: string | null;
  readonly contact?: string | null;
  /** Texts, or an object that has some. */
  readonly about?: unknown;
  readonly note?: string | null;
  /** Why the event is cancelled. */
  readonly reason?: string | null;
}

// A line has at most 75 octets. The library does not count the space that begins a continuation
// line.
ICAL.foldLength = 74;

/** Removes the control characters that RFC 5545, 3.1 forbids. The library escapes the rest. */
const cleanText = (text: string): string =>
  cutText(text, longest.freeText)
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n]/gu, ' ');

function addText(component: ICAL.Component, name: string, text: string | null | undefined): void {
  if (!text) return;
  // The type is given because the library escapes no text of an unknown property.
  const property = new ICAL.Property([name, {}, 'text', cleanText(text)], component);
  component.addProperty(property);
}

/** `09:00:00`. Undefined if the text is not a time of day. */
function readTime(text: string | null | undefined): string | undefined {
  const [, hours = '', minutes = ''] = /^(\d{1,2})[:.](\d{2})$/.exec(text?.trim() ?? '') ?? [];
  if (hours === '' || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return `${hours.padStart(2, '0')}:${minutes}:00`;
}

/**
 * Adds floating times, which are local times of the place. If no start time is known, the event
 * lasts the whole day.
 * @returns the times as text, if they could not be added as they are
 */
function addTimes(component: ICAL.Component, { date, until, start, end }: CalendarEvent): string {
  const from = readTime(start);
  const to = readTime(end);
  const begin = (time?: string) =>
    time ? ICAL.Time.fromDateTimeString(`${date}T${time}`) : ICAL.Time.fromDateString(date);
  component.addPropertyWithValue('dtstart', begin(from));
  if (from === undefined) {
    const nextDay = ICAL.Time.fromDateString(until ?? date);
    nextDay.adjust(1, 0, 0, 0);
    component.addPropertyWithValue('dtend', nextDay);
  } else if (to !== undefined && to > from) {
    component.addPropertyWithValue('dtend', begin(to));
    return '';
  } else if (!end) {
    return '';
  }
  return [start, end].filter(Boolean).join(' – ');
}

/** What a reader has to know, one fact a line. */
function describe(event: CalendarEvent, times: string): string {
  const { meetingPoint, contact, note, reason } = event;
  const lines = [
    times,
    meetingPoint && `Meeting point: ${meetingPoint}`,
    contact && `Contact: ${contact}`,
    ...textsIn(event.about),
    note,
    reason && `Cancelled: ${reason}`,
  ];
  return lines.filter(Boolean).join('\n');
}

const cancelling: readonly unknown[] = ['CALLED_OFF', 'NOT_HELD'];

function statusOf({ status, confirmed }: CalendarEvent, isCancelled: boolean): string {
  if (isCancelled || cancelling.includes(status)) return 'CANCELLED';
  return confirmed === true ? 'CONFIRMED' : 'TENTATIVE';
}

/** What is invented says so first. */
const markRehearsal = (text: string | null | undefined, isRehearsal: boolean) =>
  isRehearsal ? ['Rehearsal', text].filter(Boolean).join(': ') : text;

/** What holds for all events of a calendar. */
interface WholeCalendar {
  readonly isCancelled: boolean;
  readonly isRehearsal: boolean;
}

function createEvent(
  event: CalendarEvent,
  stamp: ICAL.Time,
  { isCancelled, isRehearsal: isAll }: WholeCalendar,
): ICAL.Component {
  const isRehearsal = isAll || event.isRehearsal === true;
  const { uid, summary, sequence, category, location, address } = event;
  const component = new ICAL.Component('vevent');
  addText(component, 'uid', `${uid}@cooperation-hub`);
  component.addPropertyWithValue('dtstamp', stamp);
  addText(component, 'description', describe(event, addTimes(component, event)));
  addText(component, 'summary', markRehearsal(summary, isRehearsal));
  const place = [...textsIn(location), ...textsIn(address)].join(', ');
  const area = [event.city, event.fallbackLocation].filter(Boolean).join(', ');
  addText(component, 'location', place || area);
  addText(component, 'categories', category);
  if (isRehearsal) addText(component, 'categories', 'REHEARSAL');
  component.addPropertyWithValue('status', statusOf(event, isCancelled));
  // Higher than in every earlier file: the events of a cancelled calendar do not change any more.
  component.addPropertyWithValue('sequence', (sequence ?? 0) + (isCancelled ? 1 : 0));
  return component;
}

const wasCancelled = (value: unknown): boolean =>
  isObject(value) && textOf(value.cancelledOn) !== undefined;

/** The journey itself, and the days of travel: as they were recorded, otherwise as planned. */
function eventsOfJourney(calendar: Readonly<Record<string, unknown>>): CalendarEvent[] {
  const of = (part: string) => textOf(calendar[part]);
  const [departed, returned] = [of('departed'), of('returned')];
  const [hasDeparted, hasReturned] = [departed !== undefined, returned !== undefined];
  const sequence = typeof calendar.sequence === 'number' ? calendar.sequence : null;
  const countries = Array.isArray(calendar.countries) ? calendar.countries.join(', ') : null;
  const common = { sequence, fallbackLocation: countries };
  const days = [
    { part: '', date: of('first'), until: of('last'), confirmed: hasDeparted },
    { part: 'Departure', date: departed ?? of('first'), confirmed: hasDeparted },
    { part: 'Return', date: returned ?? of('last'), confirmed: hasReturned },
  ];
  return days.flatMap(({ part, date, ...event }) => {
    const uid = [of('uid'), part.toLowerCase()].filter(Boolean).join('/');
    const summary = [part, of('name')].filter(Boolean).join(': ');
    return date === undefined ? [] : { ...common, ...event, uid, date, summary };
  });
}

/**
 * Writes a response as iCalendar, one event at a time: `{ calendar: { name, isRehearsal, description,
 * uid, sequence, first, last, departed, returned, countries, cancelledOn, partOf: { cancelledOn },
 * events } }`. The journey from `first` to `last` and its days of travel are events too. With either `cancelledOn` all events are
 * cancelled. Those of a rehearsal say so.
 * @throws HubError `NOT_FOUND` if there is no calendar
 * @see https://www.rfc-editor.org/rfc/rfc5545
 */
export function* writeCalendar(
  data: Readonly<Record<string, unknown>>,
  now: Date,
): Generator<string> {
  const { calendar } = data;
  if (!isObject(calendar)) throw new HubError('NOT_FOUND');
  const isRehearsal = calendar.isRehearsal === true;
  const name = markRehearsal(textOf(calendar.name), isRehearsal);
  const isCancelled = wasCancelled(calendar) || wasCancelled(calendar.partOf);
  const events = (Array.isArray(calendar.events) ? calendar.events : []) as CalendarEvent[];
  const stops = events.filter(({ date }) => textOf(date) !== undefined);
  const stamp = ICAL.Time.fromJSDate(now, true);
  const component = new ICAL.Component('vcalendar');
  component.addPropertyWithValue('version', '2.0');
  component.addPropertyWithValue('prodid', '-//Cooperation Hub//Export//EN');
  component.addPropertyWithValue('calscale', 'GREGORIAN');
  addText(component, 'name', name);
  // For calendar programs that do not know RFC 7986.
  addText(component, 'x-wr-calname', name);
  addText(component, 'description', textOf(calendar.description));
  const end = 'END:VCALENDAR';
  yield component.toString().slice(0, -end.length);
  for (const event of [...eventsOfJourney(calendar), ...stops])
    yield `${createEvent(event, stamp, { isCancelled, isRehearsal }).toString()}\r\n`;
  yield `${end}\r\n`;
}
