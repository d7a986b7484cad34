import { type Orders, textSearch, whereText } from '@hub/shared/database';
import { dates } from '@hub/shared/graphql';
import type { DataSource, EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { leaveOutRehearsals } from '../access/leave-out-rehearsals.js';
import { Event, EventCountry } from '../entities/event.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { Representation } from '../entities/representation.entity.js';
import type { EventOrder } from '../entities/vocabulary.js';
import type { EventFilter } from './event.input.js';

/** Sorted by start date, then id. Events with an unknown start come last. */
export const eventOrders: Orders<EventOrder> = {
  STARTS_ON: [{ property: 'startsOn', nullable: true }, { property: 'id' }],
  STARTS_ON_DESCENDING: [
    { property: 'startsOn', nullable: true, descending: true },
    { property: 'id' },
  ],
  TITLE: [{ property: 'title' }, { property: 'id' }],
};

/**
 * Builds the query for the events that a filter selects. A country matches any country of an event.
 * An unknown date excludes nothing.
 * @throws HubError `BAD_USER_INPUT` for a range that ends before it starts
 */
export function findEvents(source: DataSource, filter: EventFilter): SelectQueryBuilder<Event> {
  const { programme, kind, country, city, series, from, to, search } = filter;
  const events = source.getRepository(Event).createQueryBuilder('event');
  if (filter.rehearsals !== true) leaveOutRehearsals(events, 'event.programmeId');
  if (programme != null) whereText(events, 'event.programmeId = :programme', { programme });
  if (kind != null) events.andWhere('event.kind = :kind', { kind });
  if (country != null) {
    const held = whichHave(events, EventCountry, 'held.country = :country', 'held');
    events.andWhere(held, { country });
  }
  whereFolded(events, { city, series });
  selectParties(events, filter);
  if (from != null) {
    events.andWhere('(event.lastDay IS NULL OR event.lastDay >= :from)', {
      from: dates.firstDayOf(from),
    });
  }
  if (to != null) {
    events.andWhere('(event.firstDay IS NULL OR event.firstDay <= :to)', {
      to: dates.lastDayOf(to),
    });
  }
  if (search != null) textSearch.containsText(events, 'searchText', search);
  return events;
}

/** Selects events by texts, in any case, with marks or without. */
function whereFolded(
  events: SelectQueryBuilder<Event>,
  { city, series }: Pick<EventFilter, 'city' | 'series'>,
): void {
  // An event without the text has an empty one.
  if (city != null)
    whereText(events, 'event.city IS NOT NULL AND event.searchCity = :city', {
      city: textSearch.toSearchText(city),
    });
  if (series != null)
    whereText(events, 'event.series IS NOT NULL AND event.searchSeries = :series', {
      series: textSearch.toSearchText(series),
    });
}

/** The condition that an event has a row of this kind. */
const whichHave = (
  events: SelectQueryBuilder<Event>,
  rows: EntityTarget<ObjectLiteral>,
  condition: string,
  alias: string,
): string =>
  `EXISTS ${events
    .subQuery()
    .select(`${alias}.eventId`)
    .from(rows, alias)
    .where(`${alias}.eventId = event.id AND ${condition}`)
    .getQuery()}`;

/** Selects events by who took part. */
function selectParties(
  events: SelectQueryBuilder<Event>,
  { organiser, role, represented, party }: EventFilter,
): void {
  if (organiser != null || role != null) {
    const isParty = organiser == null ? '' : ' AND played.partyId = :organiser';
    const played = whichHave(events, PartyRole, `played.role = :role${isParty}`, 'played');
    whereText(events, played, {
      role: role ?? 'ORGANISER',
      ...(organiser != null && { organiser }),
    });
  }
  if (represented != null) {
    const named = whichHave(events, Representation, 'named.country = :represented', 'named');
    events.andWhere(named, { represented });
  }
  if (party != null) {
    const had = whichHave(events, PartyRole, 'had.partyId = :party', 'had');
    const sent = whichHave(events, Representation, 'sent.partyId = :party', 'sent');
    whereText(events, `(${had} OR ${sent})`, { party });
  }
}
