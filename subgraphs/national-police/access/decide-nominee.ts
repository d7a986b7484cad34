import { codes, createDecisionReader, type PartnerContext, readers } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';

type References = readonly ({ readonly id: string } | null)[] | null;

interface GroupResponse extends Readonly<Record<string, unknown>>, sides.SidesResponse {
  readonly cancelledOn?: string | null;
  readonly visits?: readonly ({ readonly departedOn?: string | null } | null)[] | null;
  readonly acceptedOfficers?: References;
  readonly declinedNominations?: References;
}

/** The network’s facts about the decisions on a group’s nominees. */
interface GroupToDecide {
  /**
   * False once the group has departed or is cancelled, for a group without officers, and where the
   * network does not say its visits or whom it declined.
   */
  readonly isOpen: boolean;
  /** The officers whom the network has accepted and not released. */
  readonly accepted: ReadonlySet<string>;
  /** The nominations that it has declined. */
  readonly declined: ReadonlySet<string>;
}

const idsOf = (references: References | undefined): ReadonlySet<string> =>
  new Set((references ?? []).flatMap((one) => one?.id ?? []));

/** Only the network’s own fields, so that no other partner can be missing. */
const readGroupToDecide = createDecisionReader<GroupToDecide>({
  field: 'group',
  selection: `{ ${sides.selection} cancelledOn visits { departedOn } acceptedOfficers { id } declinedNominations { id } }`,
  read: (group: GroupResponse) => ({
    isOpen:
      sides.sendsOfficers(sides.read(group)) &&
      group.cancelledOn == null &&
      group.declinedNominations != null &&
      group.visits?.every((visit) => visit && visit.departedOn == null) === true,
    accepted: idsOf(group.acceptedOfficers),
    declined: idsOf(group.declinedNominations),
  }),
});

/** The kind of the task that needs the reading. */
const task = 'DECIDE_NOMINATION';

/**
 * The co-ordinators of the network decide on nominees, so they may read about them until the
 * decision; about a reserve, who is not among the accepted, until the group departs. Then the
 * rights to read about members apply. Those are cached for up to a minute, so an accepted
 * officer counts here too.
 * @param about the type and id of the record that is read, for the record of disclosures
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export async function decidesOnNominee(
  context: PartnerContext,
  nominations: readonly OfficerNomination[],
  about: { readonly type: string; readonly id: string },
): Promise<boolean> {
  if (!readers.isOneOf(context.reader, codes.networkCode, readers.coordinators)) return false;
  const standing = nominations.filter(({ withdrawnOn }) => withdrawnOn === null);
  const groups = await Promise.all(
    standing.map(({ groupId }) => readGroupToDecide(context, groupId)),
  );
  const isAccepted = standing.some(
    ({ officerId }, index) => groups[index]?.isOpen && groups[index].accepted.has(officerId),
  );
  if (isAccepted) return true;
  const isWaiting = standing.some(
    ({ id }, index) => groups[index]?.isOpen && !groups[index].declined.has(id),
  );
  if (isWaiting) context.disclosures.justify(about.type, about.id, task);
  return isWaiting;
}
