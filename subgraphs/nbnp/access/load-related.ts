import type { OrderKey } from '@hub/shared/database';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Claim } from '../entities/claim.entity.js';
import { Event } from '../entities/event.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { PartyRole } from '../entities/party-role.entity.js';
import { type PartyRoleKind } from '../entities/vocabulary.js';

/** Reads only through the loaders of a context, so that all callers share their batches. */
export type WithLoaders = Pick<PartnerContext, 'loaders'>;

/** The order in which the request named the hosts of a visit. */
export const hostOrder: readonly OrderKey[] = [{ property: 'position' }];

/** Stops in the order in which they take place. */
export const stopOrder: readonly OrderKey[] = [
  { property: 'day' },
  { property: 'from', nullable: true },
  { property: 'id' },
];

/** Loads the record of an optional reference. */
export async function loadOne<Row extends ObjectLiteral>(
  entity: EntityTarget<Row>,
  id: string | null,
  { loaders }: WithLoaders,
): Promise<Row | null> {
  return id === null ? null : loaders.one<Row>(entity).load(id);
}

/** A party: an organisation of ours, or the key of another owner’s office or unit. */
export async function loadParty(
  id: string | null,
  context: WithLoaders,
): Promise<{ readonly id: string } | null> {
  if (id === null) return null;
  return codes.ownerOf(id) === codes.networkCode ? loadOne(Organisation, id, context) : { id };
}

/** The sources’ statements about a subject, in the order of the files. */
export function loadClaims(subjectId: string, { loaders }: WithLoaders): Promise<Claim[]> {
  return loaders.many(Claim, 'subjectId', { orderBy: [{ property: 'position' }] }).load(subjectId);
}

/** Events by their ids, each once, ordered by id. */
export async function loadEvents(
  ids: Iterable<string>,
  { loaders }: WithLoaders,
): Promise<Event[]> {
  const events = loaders.one(Event);
  const found = await Promise.all([...new Set(ids)].sort().map((id) => events.load(id)));
  return found.filter((event) => event !== null);
}

/** The ids of the events at which a party had this role, or any role. */
export async function loadEventIdsOf(
  partyId: string,
  role: PartyRoleKind | null | undefined,
  { loaders }: WithLoaders,
): Promise<string[]> {
  const roles = loaders.many(PartyRole, 'partyId', role ? { where: { role } } : {});
  return (await roles.load(partyId)).flatMap(({ eventId }) => eventId ?? []);
}

/** The nominations for a group that the network has declined, or released after accepting them. */
export async function loadDeclined(
  groupId: string,
  { loaders }: WithLoaders,
): Promise<OfficerNomination[]> {
  const decided = await loaders.many(OfficerNomination, 'groupId').load(groupId);
  return decided.filter(({ declinedOn }) => declinedOn !== null);
}

/** A member is accepted, neither as a reserve nor released again. */
export const isMember = ({ acceptedOn, declinedOn, reserve }: OfficerNomination): boolean =>
  acceptedOn !== null && declinedOn === null && !reserve;

/** False for a nomination that is pending again: only its version is left of the decision. */
export const isDecided = ({ acceptedOn, declinedOn }: OfficerNomination): boolean =>
  acceptedOn !== null || declinedOn !== null;

/** The officers that are members of a group. */
export async function loadAccepted(
  groupId: string,
  { loaders }: WithLoaders,
): Promise<OfficerNomination[]> {
  const decided = await loaders.many(OfficerNomination, 'groupId').load(groupId);
  return decided.filter(isMember);
}
