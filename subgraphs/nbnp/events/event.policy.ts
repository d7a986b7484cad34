import { HubError } from '@hub/shared/errors';
import type { Reader } from '@hub/shared/identity';
import { codes, type Levels, readers } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { PartyRole } from '../entities/party-role.entity.js';
import { PartyRoleKind } from '../entities/vocabulary.js';
import type { PartyRoleInput } from '../network/party-role.input.js';
import type { RemoveEventInput } from './change-event.input.js';
import type { RecordEventInput } from './record-event.input.js';

/** The inputs of the mutations: a new event names its organisers, another one has them. */
type EventToWrite = Partial<Pick<RecordEventInput, 'organisers' | 'roles'> & RemoveEventInput>;

/**
 * Who may write an event. What changes or removes one decides again in its transaction, because the
 * event’s organisers may have changed.
 */
export const eventWriters: Levels = {
  organisers: {
    readers: 'co-ordinators of this organisation and of those that organise the event',
    async decide(_row, { reader, source }, { input }) {
      if (!readers.hasRole(reader, ['coordinator'])) return false;
      const { event, organisers = [], roles } = input as EventToWrite;
      const parties =
        event === undefined
          ? [...organisers, ...organisersAmong(roles ?? [])]
          : await findOrganisers(source.manager, event);
      return mayWrite(reader, parties);
    },
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
