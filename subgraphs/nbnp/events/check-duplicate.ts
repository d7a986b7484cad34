import { findSame } from '@hub/shared/database';
import { refuseDuplicate } from '@hub/shared/mutations';
import { In, type EntityManager } from 'typeorm';
import { sameEvent } from '../entities/event-derived.js';
import { Event } from '../entities/event.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PartyRoleKind } from '../entities/vocabulary.js';
import type { RecordEventInput } from './record-event.input.js';

const listOf = (parties: readonly string[]): string => [...new Set(parties)].toSorted().join(' ');

/**
 * Refuses an event with the title, day, city and organisers of one that is recorded.
 * @throws HubError `RULE_VIOLATED` DUPLICATE, with the `id` of the first
 */
export async function checkNewEvent(
  manager: EntityManager,
  { title, startsOn, city, organisers, isAnother }: RecordEventInput,
): Promise<void> {
  if (isAnother === true) return;
  const same = await findSame(manager, Event, sameEvent, { title, startsOn, city });
  if (same.length === 0) return;
  const eventId = In(same.map(({ id }) => id));
  const roles = await manager.findBy(PartyRole, { eventId, role: PartyRoleKind.ORGANISER });
  const first = same.find(({ id }) => {
    const own = roles.filter((role) => role.eventId === id).map(({ partyId }) => partyId);
    return listOf(own) === listOf(organisers);
  });
  if (first) refuseDuplicate(first.id, 'input.title');
}
