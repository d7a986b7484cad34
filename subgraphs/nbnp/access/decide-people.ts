import { codes, type PartnerContext, readers } from '@hub/shared/policy';
import { groupVisits, people } from '@hub/shared/programme';
import { Group } from '../entities/group.entity.js';
import type { Absence } from '../entities/visit.entity.js';
import { loadStandingVisits } from './visible-visits.js';
import { loadHosts } from './visit-facts.js';

/** Whether the caller is of the organisation that owns a record, or a co-ordinator of the network. */
export const isOwnerOrNetwork = ({ reader }: PartnerContext, recordId: string): boolean =>
  readers.isOneOf(reader, codes.ownerOf(recordId), readers.staff) ||
  readers.isOneOf(reader, codes.networkCode, readers.coordinators);

/**
 * Whether the caller may read about the members of a group that others send: co-ordinators of the
 * offices if an office co-ordinates it, and of the police forces that host one of its visits, until
 * 90 days after its end.
 */
export async function isReaderOfMembers(
  context: PartnerContext,
  groupId: string,
): Promise<boolean> {
  const { reader, loaders } = context;
  if (!readers.hasRole(reader, readers.coordinators)) return false;
  const [planned, visits] = await Promise.all([
    loaders.one(Group).load(groupId),
    loadStandingVisits(groupId, context),
  ]);
  const endedOn = groupVisits.endOf({ cancelledOn: planned?.cancelledOn ?? null, visits });
  if (people.isLongAgo({ returnedOn: endedOn }, context)) return false;
  if (readers.organisationOf(reader) === codes.officesCode) {
    return planned !== null && planned.coordinatingOfficeId !== null;
  }
  const hosts = await Promise.all(visits.map(({ id }) => loadHosts(id, context)));
  return hosts.flat().includes(readers.organisationOf(reader));
}

/** Whether the caller may read why a member did not travel. */
export const decideAbsence = async (
  context: PartnerContext,
  { participantId, groupId }: Absence,
): Promise<boolean> =>
  isOwnerOrNetwork(context, participantId) || isReaderOfMembers(context, groupId);
