import { textSearch } from '@hub/shared/database';
import { refuseDuplicate } from '@hub/shared/partner';
import { In, type EntityManager } from 'typeorm';
import { sameEvent } from '../entities/event-derived.js';
import { Event } from '../entities/event.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PartyRoleKind } from '../entities/vocabulary.js';

const listOf = (parties: readonly string[]): string => [...new Set(parties)].toSorted().join(' ');

/** What makes two events the same, besides their organisers. */
interface DescribedEvent {
  readonly title: string;
  readonly startsOn?: string | null;
  readonly city?: string | null;
}

interface WrittenEvent {
  readonly event: DescribedEvent;
  readonly organisers: readonly string[];
  /** The caller says that it is another one. */
  readonly isAnother: boolean | null | undefined;
  /** The event that changes. @default a new one is recorded */
  readonly before?: { readonly event: Event; readonly organisers: readonly string[] };
  /** The argument that the refusal names. @default the first that differs */
  readonly argument?: string;
}

/** The first part in which an event differs from what it was. Undefined if it is the same. */
function findChanged({ event, organisers, before }: WrittenEvent): string | undefined {
  if (!before) return 'title';
  const parts = ['title', 'startsOn', 'city'] as const;
  const changed = parts.find((part) => {
    const [next, was] = [event, before.event].map((one) => sameEvent.keyOf({ [part]: one[part] }));
    return next !== was;
  });
  return changed ?? (listOf(organisers) === listOf(before.organisers) ? undefined : 'roles');
}

/**
 * Refuses an event with the title, day, city and organisers of one that is recorded, and a change
 * of another that gives it all of them.
 * @throws HubError `RULE_VIOLATED` DUPLICATE, with the `id` of the first
 */
export async function checkNewEvent(manager: EntityManager, written: WrittenEvent): Promise<void> {
  const { event, organisers, before } = written;
  const changed = findChanged(written);
  if (written.isAnother === true || changed === undefined) return;
  const found = await textSearch.findSame(manager, Event, sameEvent, event);
  const same = found.filter(({ id }) => id !== before?.event.id);
  if (same.length === 0) return;
  const eventId = In(same.map(({ id }) => id));
  const roles = await manager.findBy(PartyRole, { eventId, role: PartyRoleKind.ORGANISER });
  const first = same.find(({ id }) => {
    const own = roles.filter((role) => role.eventId === id).map(({ partyId }) => partyId);
    return listOf(own) === listOf(organisers);
  });
  if (first) refuseDuplicate(first.id, written.argument ?? `input.${changed}`);
}
