import { codes, createFactReader, type PartnerContext, readers } from '@hub/shared/policy';
import { groupVisits, people } from '@hub/shared/programme';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';

/** The facts that decide who may read about the delegates whom the offices select for a group. */
interface GroupFacts {
  /** The police forces that host its visits, without cancelled ones. */
  readonly hosts: ReadonlySet<string>;
  /** The end of the group, {@link groupVisits.endOf}. */
  readonly endedOn: string | null;
  /** The organisations that host it on a day: from 30 days before the departure until the return. */
  hostsOn(today: string): ReadonlySet<string>;
}

const readGroupFacts = createFactReader<GroupFacts>({
  field: 'group',
  selection:
    '{ cancelledOn visits { hosts { owner } startsOn departedOn returnedOn cancelledOn } }',
  read(group: groupVisits.HostedGroup) {
    return {
      hosts: groupVisits.hostsOf(group.visits),
      endedOn: groupVisits.endOf(group),
      hostsOn: (today) => groupVisits.hostsOn(group, today),
    };
  },
});

/** A member is selected, and not as a reserve. */
export const isMember = ({
  status,
  reserve,
}: Pick<DelegateNomination, 'status' | 'reserve'>): boolean =>
  status === NominationStatus.SELECTED && !reserve;

/** The same as a condition. */
export const whereMember = { status: NominationStatus.SELECTED, reserve: false } as const;

/** The groups for which the offices have selected a delegate. A nominee or a reserve is not a member. */
export async function loadGroupIds(
  { loaders }: PartnerContext,
  delegateId: string,
): Promise<readonly string[]> {
  const nominations = await loaders.many(DelegateNomination, 'delegateId').load(delegateId);
  const selected = nominations.filter(isMember);
  return [...new Set(selected.map(({ groupId }) => groupId))];
}

/**
 * For members of these groups: the network, and the police forces that host one of the visits.
 * These rights last until 90 days after the end of the group.
 */
export async function isReaderOfMember(
  context: PartnerContext,
  groupIds: readonly string[],
  hostsOf = ({ hosts }: GroupFacts): ReadonlySet<string> => hosts,
): Promise<boolean> {
  const organisation = readers.organisationOf(context.reader);
  const groups = await Promise.all(groupIds.map((id) => readGroupFacts(context, id)));
  return groups.some(
    (group) =>
      group &&
      !people.isLongAgo({ returnedOn: group.endedOn }, context) &&
      (organisation === codes.networkCode || hostsOf(group).has(organisation)),
  );
}

/**
 * The identity of a delegate: for the offices; for members of a group also for those who arrange or
 * host it.
 */
export async function decideIdentity(
  context: PartnerContext,
  delegateId: string,
): Promise<boolean> {
  if (readers.isOwnStaff(context)) return true;
  if (!readers.hasRole(context.reader, readers.coordinators)) return false;
  return isReaderOfMember(context, await loadGroupIds(context, delegateId));
}

/** The formalities of a delegate for a group: for the offices; of a member also for the network. */
export async function decideFormalities(
  context: PartnerContext,
  delegateId: string,
  groupId: unknown,
): Promise<boolean> {
  if (readers.isOwnStaff(context)) return true;
  if (!readers.isOneOf(context.reader, codes.networkCode, readers.coordinators)) return false;
  const groupIds = await loadGroupIds(context, delegateId);
  return isReaderOfMember(
    context,
    groupIds.filter((id) => id === groupId),
  );
}

/**
 * What a delegate needs on a journey: for the offices; of members also for the network, and for the
 * police forces that host them, from 30 days before the departure until the return.
 */
export async function decideTravelNeeds(
  context: PartnerContext,
  delegateId: string,
): Promise<boolean> {
  const { reader, clock } = context;
  if (readers.isOwnStaff(context)) return true;
  if (!readers.hasRole(reader, readers.coordinators)) return false;
  const today = clock().toISOString().slice(0, 10);
  return isReaderOfMember(context, await loadGroupIds(context, delegateId), ({ hostsOn }) =>
    hostsOn(today),
  );
}
