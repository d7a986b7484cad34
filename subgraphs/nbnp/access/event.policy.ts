import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import { codes, type Levels, readers } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { Link } from '../entities/link.entity.js';
import { Outcome } from '../entities/outcome.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { PartyRoleKind } from '../entities/vocabulary.js';

interface NamedRole {
  readonly role: PartyRoleKind;
  readonly party: string;
}

/** The inputs of the mutations: a new event names its organisers, what stands has them. */
interface EventToWrite {
  readonly organisers?: readonly string[];
  readonly roles?: readonly NamedRole[] | null;
  readonly event?: string;
  readonly outcome?: string;
  readonly link?: string;
  /** What a new link is about, which may be an organisation. */
  readonly about?: string;
}

/**
 * Who may write an event, its outcomes and its links. What changes or removes one decides again in
 * its transaction, because the event’s organisers may have changed.
 */
export const eventWriters: Levels = {
  organisers: {
    readers: 'co-ordinators of this organisation and of those that organise the event',
    async decide(_row, { reader, source }, { input }) {
      if (!readers.hasRole(reader, ['coordinator'])) return false;
      return mayWrite(reader, await findParties(source.manager, input as EventToWrite));
    },
  },
};

async function findParties(manager: EntityManager, input: EventToWrite): Promise<string[]> {
  const { outcome, link, organisers = [], roles } = input;
  const [entity, id] = outcome === undefined ? [Link, link] : [Outcome, outcome];
  // PostgreSQL rejects a text with NUL, and no record has one.
  const part =
    id === undefined || id.includes('\0')
      ? null
      : await manager.findOneBy<Outcome | Link>(entity, { id });
  const event = part?.eventId ?? input.event ?? input.about;
  if (event !== undefined) return findOrganisers(manager, event);
  return [...organisers, ...organisersAmong(roles ?? [])];
}

/** The parties among these roles that organise. */
export const organisersAmong = (roles: readonly NamedRole[]): string[] =>
  roles.flatMap(({ role, party }) => (role === PartyRoleKind.ORGANISER ? party : []));

/** The parties that organise an event; none for an unknown event. */
export async function findOrganisers(manager: EntityManager, eventId: string): Promise<string[]> {
  // PostgreSQL rejects a text with NUL, and no event has one.
  if (eventId.includes('\0')) return [];
  const roles = await manager.findBy(PartyRole, { eventId, role: PartyRoleKind.ORGANISER });
  return roles.map(({ partyId }) => partyId);
}

const isNetwork = (reader: Reader): boolean => readers.organisationOf(reader) === codes.networkCode;

const isOwn = (reader: Reader, partyId: string): boolean =>
  codes.ownerOf(partyId) === readers.organisationOf(reader);

/**
 * The network keeps the events, and writes all of them. Another organisation writes an event while
 * a party of its own is among the organisers.
 */
const mayWrite = (reader: Reader, organisers: readonly string[]): boolean =>
  isNetwork(reader) || organisers.some((id) => isOwn(reader, id));

/** @throws HubError `FORBIDDEN` */
export function checkMayWrite(reader: Reader, organisers: readonly string[]): void {
  if (!mayWrite(reader, organisers)) throw new HubError('FORBIDDEN');
}

/**
 * Only the network, or an organisation that organises an event alone, removes it.
 * @throws HubError `FORBIDDEN`
 */
export function checkMayRemove(reader: Reader, organisers: readonly string[]): void {
  checkMayWrite(reader, organisers);
  if (!isNetwork(reader) && !organisers.every((id) => isOwn(reader, id)))
    throw new HubError('FORBIDDEN');
}

/**
 * An organisation that changes the organisers must remain one, and must not remove a party of
 * another organisation. Otherwise it could take an event from those who organise it.
 * @throws HubError `FORBIDDEN`
 */
export function checkMayReorganise(
  reader: Reader,
  organisers: readonly string[],
  next: readonly string[],
  argument = 'input.roles',
): void {
  if (isNetwork(reader)) return;
  const mustStay = organisers.filter((id) => !isOwn(reader, id));
  if (!next.some((id) => isOwn(reader, id)) || !mustStay.every((id) => next.includes(id)))
    throw new HubError('FORBIDDEN', { argument });
}
