import type { PartnerContext } from '@hub/shared/context';
import { notFound } from '@hub/shared/mutations';
import type { Span } from '@hub/shared/scalars';
import { networkCode, type TargetGroup } from '@hub/shared/vocabulary';

/** A visit of a group, as NBNP keeps it. */
export interface PlannedVisit extends Span {
  readonly id: string;
  readonly departedOn: string | null;
  readonly returnedOn: string | null;
}

/** What NBNP alone knows of a group, and the rules of our own records need. */
export interface PlannedGroup {
  readonly direction: 'NORTH_WEST_RUSSIA_TO_NORDIC' | 'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA';
  readonly cancelledOn: string | null;
  readonly visits: readonly PlannedVisit[];
  readonly programme: Span & {
    readonly groupSizeMin: number;
    readonly groupSizeMax: number;
    readonly targetGroups: readonly TargetGroup[];
  };
}

/** A group that has been under way: whether NBNP has signed its programme's evaluation matters too. */
export interface TravelledGroup extends PlannedGroup {
  readonly isSignedByNetwork: boolean;
  readonly programmeId: string;
}

const planned = `direction cancelledOn visits { id startsOn endsOn departedOn returnedOn }
  programme { startsOn endsOn groupSizeMin groupSizeMax targetGroups }`;

// Its signatures, and not whether it is complete: ours is read where it cannot change meanwhile.
const travelled = `${planned} programme { id evaluation { signOffs { organisation } } }`;

async function ask(
  { askHub }: PartnerContext,
  id: string,
  selection: string,
): Promise<PlannedGroup | null> {
  const { group } = await askHub(
    `query GroupForChange($id: ID!) { group(id: $id) { ${selection} } }`,
    { id },
  );
  const found = group as
    (Omit<PlannedGroup, 'visits'> & { readonly visits: PlannedGroup['visits'] | null }) | null;
  return found && { ...found, visits: found.visits ?? [] };
}

/**
 * The group as it is at this moment; null where there is none.
 * @throws HubError `PARTNER_…` when that is not to be had
 */
export const askAnyGroup = (context: PartnerContext, id: string): Promise<PlannedGroup | null> =>
  ask(context, id, planned);

/** As {@link askAnyGroup}. @throws HubError `NOT_FOUND` with the argument that names no group */
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

/** As {@link askGroup}, with what is known of its programme's evaluation. */
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
    isSignedByNetwork: signOffs.some(({ organisation }) => organisation === networkCode),
  };
}
