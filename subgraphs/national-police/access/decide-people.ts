import {
  coordinators,
  hasRole,
  isOwnStaff,
  networkCode,
  officesCode,
  organisationOf,
  type PartnerContext,
} from '@hub/shared/policy';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { decidesOnNominee } from './decide-nominee.js';
import { readGroupFacts, type GroupFacts } from './group-facts.js';

/**
 * Callers who work with a group may read who its members are: the network, the co-ordinating
 * office, and the police forces that host it.
 */
export async function isReaderOfMember(
  context: PartnerContext,
  officerId: string,
  groupIds: readonly string[],
  mayRead: (organisation: string, group: GroupFacts) => boolean,
): Promise<boolean> {
  const { reader } = context;
  if (!hasRole(reader, coordinators)) return false;
  const groups = await Promise.all(groupIds.map((id) => readGroupFacts(context, id)));
  return groups.some(
    (group) => group?.memberIds.has(officerId) && mayRead(organisationOf(reader), group),
  );
}

export const isArranger = (organisation: string, { hasOffice }: GroupFacts): boolean =>
  organisation === networkCode || (organisation === officesCode && hasOffice);

export const isArrangerOrHost = (organisation: string, group: GroupFacts): boolean =>
  isArranger(organisation, group) || group.hosts.has(organisation);

/** Whether the caller works with a group of which the officer is a member. */
async function worksWithMember(
  context: PartnerContext,
  officerId: string,
  mayRead: (organisation: string, group: GroupFacts) => boolean,
): Promise<boolean> {
  if (isOwnStaff(context)) return true;
  if (!hasRole(context.reader, coordinators)) return false;
  const nominations = await context.loaders.many(OfficerNomination, 'officerId').load(officerId);
  const groupIds = [...new Set(nominations.map(({ groupId }) => groupId))];
  return isReaderOfMember(context, officerId, groupIds, mayRead);
}

/** The identity of an officer: for those who work with her, and those who decide on her. */
export async function decideIdentity(context: PartnerContext, officerId: string): Promise<boolean> {
  if (await worksWithMember(context, officerId, isArrangerOrHost)) return true;
  const nominations = await context.loaders.many(OfficerNomination, 'officerId').load(officerId);
  return decidesOnNominee(context, nominations, { type: 'Officer', id: officerId });
}

/** The formalities of an officer for a group: for those who arrange the group, of its members. */
export async function decideFormalities(
  context: PartnerContext,
  officerId: string,
  groupId: unknown,
): Promise<boolean> {
  if (isOwnStaff(context)) return true;
  return isReaderOfMember(context, officerId, [String(groupId)], isArranger);
}

/**
 * What an officer needs on a journey: for the network, and for those who host a group of hers, from
 * 30 days before the departure until the return.
 */
export function decideTravelNeeds(context: PartnerContext, officerId: string): Promise<boolean> {
  const today = context.clock().toISOString().slice(0, 10);
  const isHostNow = (organisation: string, group: GroupFacts) =>
    organisation === networkCode || group.hostsOn(today).has(organisation);
  return worksWithMember(context, officerId, isHostNow);
}
