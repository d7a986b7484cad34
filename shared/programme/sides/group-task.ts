import { addDays, lastBegunDay } from '../../graphql/scalars/dates.js';
import { officesCode } from '../../policy/codes.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import { createFactReader } from '../../policy/facts.js';
import type { HostsResponse } from '../visits/group-visits.js';
import {
  read as readSides,
  sendsDelegates,
  selection as sidesSelection,
  type SidesResponse,
} from './sides.js';

/** How many days after a return its hosts still read of the people who came. */
const daysAfterReturn = 90;

interface HostedVisit {
  /** The organisations that answer for its hosts. */
  readonly hosts: readonly string[];
  readonly returnedOn: string | null;
}

/** What decides which organisations have a task with a group’s people. */
export interface GroupTask {
  /** The organisations whose people are accepted or selected. */
  readonly senders: ReadonlySet<string>;
  /** Its visits, without cancelled ones. */
  readonly visits: readonly HostedVisit[];
  readonly cancelledOn: string | null;
  /** True if an NCM office co-ordinates the group, or the offices select people for it. */
  readonly isOfOffices: boolean;
}

/**
 * Whether an organisation sends, hosts, co-ordinates or decides on people of a group. Who hosts it
 * has a task until 90 days after the return, or after the group was
 * cancelled. A nomination or an offer alone is none.
 */
export function hasTask(
  organisation: string,
  group: GroupTask,
  { clock }: Pick<PartnerContext, 'clock'>,
): boolean {
  if (group.senders.has(organisation)) return true;
  if (organisation === officesCode && group.isOfOffices) return true;
  return group.visits.some(
    ({ hosts, returnedOn }) =>
      hosts.includes(organisation) &&
      !isLongAgo({ returnedOn: returnedOn ?? group.cancelledOn }, { clock }),
  );
}

/** True once 90 days have passed since the return from a visit. */
export const isLongAgo = (
  { returnedOn }: Pick<HostedVisit, 'returnedOn'>,
  { clock }: Pick<PartnerContext, 'clock'>,
): boolean => returnedOn !== null && lastBegunDay(clock()) > addDays(returnedOn, daysAfterReturn);

interface GroupResponse extends Readonly<Record<string, unknown>>, SidesResponse {
  readonly senders?: readonly string[] | null;
  readonly coordinatingOffice?: { readonly id: string } | null;
  readonly cancelledOn?: string | null;
  readonly visits?:
    | readonly ({
        readonly hosts?: HostsResponse;
        readonly returnedOn?: string | null;
        readonly cancelledOn?: string | null;
      } | null)[]
    | null;
  readonly declinedNominations?: readonly ({ readonly id: string } | null)[] | null;
}

interface AskedGroup extends GroupTask {
  /** The nominations of officers that the network has declined. */
  readonly declined: ReadonlySet<string>;
}

/** What the network says of a group. */
export const readGroupTask = createFactReader<AskedGroup>({
  field: 'group',
  selection: `{ senders coordinatingOffice { id } cancelledOn ${sidesSelection}
    visits { hosts { owner } returnedOn cancelledOn } declinedNominations { id } }`,
  // The offices are needed only where they may be among the senders.
  mayLackSome: (_error, { senders }) => Array.isArray(senders),
  read(group: GroupResponse) {
    const standing = (group.visits ?? []).flatMap((visit) =>
      visit?.cancelledOn == null ? (visit ?? []) : [],
    );
    return {
      senders: new Set(group.senders ?? []),
      visits: standing.map(({ hosts, returnedOn }) => ({
        hosts: (hosts ?? []).map(({ owner }) => owner),
        returnedOn: returnedOn ?? null,
      })),
      cancelledOn: group.cancelledOn ?? null,
      isOfOffices: group.coordinatingOffice != null || sendsDelegates(readSides(group)),
      declined: new Set((group.declinedNominations ?? []).flatMap((one) => one?.id ?? [])),
    };
  },
});
