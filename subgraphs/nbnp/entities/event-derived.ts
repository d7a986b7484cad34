import { toSearchText } from '@hub/shared/database';
import type { Event, EventCountry } from './event.entity.js';
import { spanOf } from './partial-date.js';
import type { PartyRoleKind } from './vocabulary.js';

/** The stored columns of an event that filters and searches use. */
export const deriveEventColumns = (
  event: Pick<
    Event,
    'title' | 'startsOn' | 'endsOn' | 'city' | 'venue' | 'series' | 'aim' | 'note'
  >,
): Pick<Event, 'firstDay' | 'lastDay' | 'cityText' | 'seriesText' | 'searchText'> => ({
  ...spanOf(event.startsOn, event.endsOn),
  cityText: toSearchText(event.city),
  seriesText: toSearchText(event.series),
  searchText: toSearchText(
    event.title,
    event.city,
    event.venue,
    event.series,
    event.aim,
    event.note,
  ),
});

/** The countries of an event, in the order in which they were named. */
export const toEventCountries = (eventId: string, countries: readonly string[]): EventCountry[] =>
  countries.map((country, position) => ({ eventId, country, position }));

/** The id of a party’s role. A party has each role at most once at an event or in a programme. */
export const toRoleId = (subjectId: string, role: PartyRoleKind, partyId: string): string =>
  `${subjectId}/${role}/${partyId}`;
