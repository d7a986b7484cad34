import { codes, createFactReader, type PartnerContext, readers } from '@hub/shared/policy';
import { groupVisits, people } from '@hub/shared/programme';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { decidesOnNominee } from './decide-nominee.js';

/** The facts that decide who may read about the members of a group. */
interface GroupFacts {
  readonly memberIds: ReadonlySet<string>;
  /** True if an NCM office co-ordinates the group. */
  readonly hasOffice: boolean;
  /** The police forces that host its visits, without cancelled ones. */
  readonly hosts: ReadonlySet<string>;
  /** The end of the group, {@link groupVisits.endOf}. */
  readonly endedOn: string | null;
  /** The organisations that host it on a day: from 30 days before the departure until the return. */
  hostsOn(today: string): ReadonlySet<string>;
}

type MayRead = (
  organisation: string,
  group: GroupFacts,
  context: Pick<PartnerContext, 'clock'>,
) => boolean;

interface GroupResponse extends groupVisits.HostedGroup {
  readonly acceptedOfficers?: readonly ({ readonly id: string } | null)[] | null;
  readonly coordinatingOffice?: { readonly id: string } | null;
}

const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection: `{ cancelledOn acceptedOfficers { id } coordinatingOffice { id }
    visits { hosts { owner } startsOn departedOn returnedOn cancelledOn } }`,
  read({ acceptedOfficers, coordinatingOffice, ...group }: GroupResponse) {
    return {
      memberIds: new Set((acceptedOfficers ?? []).flatMap((officer) => officer?.id ?? [])),
      hasOffice: coordinatingOffice != null,
      hosts: groupVisits.hostsOf(group.visits),
      endedOn: groupVisits.endOf(group),
      hostsOn: (today) => groupVisits.hostsOn(group, today),
    };
  },
});

/**
 * Callers who work with a group may read who its members are: the network, the co-ordinating
 * office, and the police forces that host it.
 */
export async function isReaderOfMember(
  context: PartnerContext,
  officerId: string,
  groupIds: readonly string[],
  mayRead: MayRead,
): Promise<boolean> {
  const { reader } = context;
  if (!readers.hasRole(reader, readers.coordinators)) return false;
  const groups = await Promise.all(groupIds.map((id) => readGroupFacts(context, id)));
  return groups.some(
    (group) =>
      group?.memberIds.has(officerId) && mayRead(readers.organisationOf(reader), group, context),
  );
}

export const isArranger = (organisation: string, { hasOffice }: GroupFacts): boolean =>
  organisation === codes.networkCode || (organisation === codes.officesCode && hasOffice);

/** Rights that come from a group last until 90 days after its end. */
const untilItsEnd =
  (mayRead: MayRead): MayRead =>
  (organisation, group, context) =>
    !people.isLongAgo({ returnedOn: group.endedOn }, context) &&
    mayRead(organisation, group, context);

export const isArrangerOrHost = untilItsEnd(
  (organisation, group) => isArranger(organisation, group) || group.hosts.has(organisation),
);

/** Whether the caller works with a group of which the officer is a member. */
async function worksWithMember(
  context: PartnerContext,
  officerId: string,
  mayRead: MayRead,
): Promise<boolean> {
  if (readers.isOwnStaff(context)) return true;
  if (!readers.hasRole(context.reader, readers.coordinators)) return false;
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
  if (readers.isOwnStaff(context)) return true;
  return isReaderOfMember(context, officerId, [String(groupId)], untilItsEnd(isArranger));
}

/**
 * What an officer needs on a journey: for the network, and for those who host a group of hers, from
 * 30 days before the departure until the return.
 */
export function decideTravelNeeds(context: PartnerContext, officerId: string): Promise<boolean> {
  const today = context.clock().toISOString().slice(0, 10);
  const isHostNow: MayRead = (organisation, group) =>
    organisation === codes.networkCode || group.hostsOn(today).has(organisation);
  return worksWithMember(context, officerId, untilItsEnd(isHostNow));
}
