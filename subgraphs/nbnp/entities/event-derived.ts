import { textSearch } from '@hub/shared/database';
import type { Event, EventCountry } from './event.entity.js';
import { spanOf } from './partial-date.js';
import type { PartyRoleKind } from './vocabulary.js';

/** The stored columns of an event that filters and searches use. */
export const deriveEventColumns = (
  event: Pick<
    Event,
    'title' | 'startsOn' | 'endsOn' | 'city' | 'venue' | 'series' | 'aim' | 'note'
  >,
): Pick<Event, 'firstDay' | 'lastDay' | 'searchCity' | 'searchSeries' | 'searchText'> => ({
  ...spanOf(event.startsOn, event.endsOn),
  searchCity: textSearch.toSearchText(event.city),
  searchSeries: textSearch.toSearchText(event.series),
  searchText: textSearch.toSearchText(
    event.title,
    event.city,
    event.venue,
    event.series,
    event.aim,
    event.note,
  ),
});

/**
 * An event is the same if title, first day and city are, in any case, without marks and with any
 * punctuation, and who organises it. Its organisers are in other rows.
 */
export const sameEvent: textSearch.Sameness = {
  properties: ['title', 'startsOn', 'city'],
  foundBy: 'startsOn',
  keyOf: ({ title, startsOn, city }: Partial<Pick<Event, 'title' | 'startsOn' | 'city'>>) =>
    [title, startsOn, city].map(textSearch.toSameText).join('\n'),
};

/** The countries of an event, in the order in which they were named. */
export const toEventCountries = (eventId: string, countries: readonly string[]): EventCountry[] =>
  countries.map((country, position) => ({ eventId, country, position }));

/** The id of a party’s role. A party has each role at most once at an event or in a programme. */
export const toRoleId = (subjectId: string, role: PartyRoleKind, partyId: string): string =>
  `${subjectId}/${role}/${partyId}`;

const [firstYear, lastYear] = ['1900', '2100'];

/** What is wrong with a date of another year. */
export const eventYears = `must be of a year between ${firstYear} and ${lastYear}`;

/** True for a date of an event that can be meant. Other years are slips of the keyboard. */
export const isEventDate = (date: string): boolean =>
  firstYear <= date && date.slice(0, 4) <= lastYear;
