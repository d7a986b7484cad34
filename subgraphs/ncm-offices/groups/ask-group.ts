import { HubError } from '@hub/shared/errors';
import type { dates } from '@hub/shared/graphql';
import { notFound, type Rehearsable } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { groupVisits, sides, type vocabulary } from '@hub/shared/programme';

/** A visit of a group, as NBNP records it. */
export interface PlannedVisit extends dates.Span {
  readonly id: string;
  readonly departedOn: string | null;
  readonly returnedOn: string | null;
  readonly cancelledOn?: string | null;
}

/** The visits of a group that were not cancelled. */
export const standingVisits = ({ visits }: Pick<PlannedGroup, 'visits'>): PlannedVisit[] =>
  visits.filter(({ cancelledOn }) => cancelledOn == null);

/** The facts about a group that only NBNP has and that our rules need. */
export interface PlannedGroup extends Rehearsable {
  /** Who sends its members, and where it goes. */
  readonly sides: sides.GroupSides;
  /** The officers who are members, where police forces send people with the same group. */
  readonly officers: readonly string[];
  readonly cancelledOn: string | null;
  readonly visits: readonly PlannedVisit[];
  readonly absences?: groupVisits.AbsencesResponse;
  readonly programme: dates.Span & {
    readonly groupSizeMin: number;
    readonly groupSizeMax: number;
    readonly targetGroups: readonly vocabulary.TargetGroup[];
  };
}

/** Whether a member does not travel on a visit of the group at all. */
export const isAbsent = (
  { visits, absences }: PlannedGroup,
  visitId: string,
  delegateId: string,
): boolean =>
  visits.some(
    (visit) =>
      visit.id === visitId &&
      groupVisits.isAbsentFrom(visit, delegateId, groupVisits.readAbsences(absences)),
  );

/** A group that may have travelled, with NBNP's signature under its programme's evaluation. */
export interface TravelledGroup extends PlannedGroup {
  readonly isSignedByNetwork: boolean;
  readonly programmeId: string;
}

const planned = `isRehearsal ${sides.selection} acceptedOfficers { id } cancelledOn visits { id startsOn endsOn departedOn returnedOn cancelledOn }
  ${groupVisits.absencesSelection}
  programme { startsOn endsOn groupSizeMin groupSizeMax targetGroups }`;

// Not `complete`, because our own signature is read later, in the transaction.
const travelled = `${planned} programme { id evaluation { signOffs { organisation } } }`;

interface GroupResponse
  extends Omit<PlannedGroup, 'sides' | 'officers' | 'visits'>, sides.SidesResponse {
  readonly visits: PlannedGroup['visits'] | null;
  readonly acceptedOfficers?: readonly { readonly id: string }[] | null;
}

async function ask(
  { askHub }: PartnerContext,
  id: string,
  selection: string,
): Promise<PlannedGroup | null> {
  const { group } = await askHub(
    `query GroupForChange($id: ID!) { group(id: $id) { ${selection} } }`,
    { id },
  );
  const found = group as GroupResponse | null;
  if (!found) return null;
  // Null is what nobody said, not an empty list: a decision needs both.
  if (found.acceptedOfficers === null || found.visits === null)
    throw new HubError('PARTNER_INVALID_RESPONSE', { partner: codes.networkCode });
  const officers = (found.acceptedOfficers ?? []).map((officer) => officer.id);
  return { ...found, sides: sides.read(found), officers, visits: found.visits ?? [] };
}

/**
 * The current state of the group; null if unknown.
 * @throws HubError `PARTNER_…` if NBNP is unavailable
 */
export const askAnyGroup = (context: PartnerContext, id: string): Promise<PlannedGroup | null> =>
  ask(context, id, planned);

/**
 * Like {@link askAnyGroup}, for a group that must exist.
 * @throws HubError `NOT_FOUND` with the argument that named the group, `PARTNER_…`
 */
export const askGroup = async (
  context: PartnerContext,
  id: string,
  argument: string,
): Promise<PlannedGroup> => (await askAnyGroup(context, id)) ?? notFound(argument);

interface Signed {
  readonly programme: {
    readonly id: string;
    readonly evaluation: { readonly signOffs: readonly { readonly organisation: string }[] } | null;
  };
}

/**
 * Like {@link askGroup}, with the facts about its programme's evaluation.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`
 */
export async function askTravelledGroup(
  context: PartnerContext,
  id: string,
): Promise<TravelledGroup> {
  const group = (await ask(context, id, travelled)) ?? notFound('input.group');
  const { programme } = group as PlannedGroup & Signed;
  const signOffs = programme.evaluation?.signOffs ?? [];
  return {
    ...group,
    programmeId: programme.id,
    isSignedByNetwork: signOffs.some(({ organisation }) => organisation === codes.networkCode),
  };
}
