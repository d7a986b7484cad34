import { containsText, whereText, type OrderKey } from '@hub/shared/database';
import { checkRange, firstDayOf, lastDayOf } from '@hub/shared/scalars';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { Event, EventCountry } from '../entities/event.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import type { EventFilter } from './event.input.js';

/** Sorted by start date, then id. Events with an unknown start come last. */
export const eventOrder: readonly OrderKey[] = [
  { property: 'startsOn', nullable: true },
  { property: 'id' },
];

/**
 * Builds the query for the events that a filter selects. A country matches any country of an event.
 * An unknown date excludes nothing.
 * @throws HubError `BAD_USER_INPUT` for a range that ends before it starts
 */
export function findEvents(
  source: DataSource,
  { programme, kind, country, organiser, role, city, series, from, to, search }: EventFilter,
): SelectQueryBuilder<Event> {
  checkRange(from, to, 'filter.to');
  const events = source.getRepository(Event).createQueryBuilder('event');
  if (programme != null) whereText(events, 'event.programmeId = :programme', { programme });
  if (kind != null) events.andWhere('event.kind = :kind', { kind });
  if (country != null) {
    const held = events
      .subQuery()
      .select('held.eventId')
      .from(EventCountry, 'held')
      .where('held.eventId = event.id AND held.country = :country');
    events.andWhere(`EXISTS ${held.getQuery()}`, { country });
  }
  if (city != null) whereText(events, 'event.city = :city', { city });
  if (series != null) whereText(events, 'event.series = :series', { series });
  if (organiser != null || role != null) {
    const played = events
      .subQuery()
      .select('played.eventId')
      .from(PartyRole, 'played')
      .where('played.eventId = event.id AND played.role = :role');
    if (organiser != null) played.andWhere('played.partyId = :organiser');
    whereText(events, `EXISTS ${played.getQuery()}`, {
      role: role ?? 'ORGANISER',
      ...(organiser != null && { organiser }),
    });
  }
  if (from != null) {
    events.andWhere('(event.lastDay IS NULL OR event.lastDay >= :from)', {
      from: firstDayOf(from),
    });
  }
  if (to != null) {
    events.andWhere('(event.firstDay IS NULL OR event.firstDay <= :to)', { to: lastDayOf(to) });
  }
  if (search != null) containsText(events, 'searchText', search);
  return events;
}
