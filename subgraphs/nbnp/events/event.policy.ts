import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import { codes, type Levels, readers } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { PartyRole } from '../entities/party-role.entity.js';
import { PartyRoleKind } from '../entities/vocabulary.js';
import type { PartyRoleInput } from '../network/party-role.input.js';

/** Who may try to write an event. The functions below decide for each event. */
export const eventWriters: Levels = {
  organisers: {
    readers: 'co-ordinators of this organisation and of those that organise the event',
    decide: (_row, { reader }) => readers.hasRole(reader, ['coordinator']),
  },
};

/** The parties among these roles that organise. */
export const organisersAmong = (roles: readonly PartyRoleInput[]): string[] =>
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
 * @throws HubError `FORBIDDEN`
 */
export function checkMayWrite(reader: Reader, organisers: readonly string[]): void {
  if (!isNetwork(reader) && !organisers.some((id) => isOwn(reader, id)))
    throw new HubError('FORBIDDEN');
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
