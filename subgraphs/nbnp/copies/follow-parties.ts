import { dates } from '@hub/shared/graphql';
import type { PartnerContext } from '@hub/shared/policy';
import { askOtherParties } from '../network/check-parties.js';
import { partiesOf } from '../programmes/check-plan.js';
import type { NewProgramme } from '../programmes/create-programme.js';

type Follow = (partyId: string) => string;

/** Each party once, in their order. */
const followAll = (ids: readonly string[] | null | undefined, follow: Follow): string[] => [
  ...new Set((ids ?? []).map(follow)),
];

/** The plan with other parties, each once in a list. */
function moveParties({ roles, sides, ...plan }: NewProgramme, follow: Follow): NewProgramme {
  const moved = (roles ?? []).map(({ role, party }) => ({ role, party: follow(party) }));
  const keyOf = ({ role, party }: { readonly role: string; readonly party: string }) =>
    JSON.stringify([role, party]);
  return {
    ...plan,
    roles: [...new Map(moved.map((one) => [keyOf(one), one])).values()],
    sides: (sides ?? []).map((side) =>
      Object.assign({}, side, {
        selectors: followAll(side.selectors, follow),
        hosts: followAll(side.hosts, follow),
        coordinators: followAll(side.coordinators, follow),
      }),
    ),
  };
}

/**
 * The plan with the parties that stand today: the one that stays for each that was merged, and no
 * office to co-ordinate a side that is closed during the whole copy.
 * @throws HubError `PARTNER_…`
 */
export async function followParties(
  context: Pick<PartnerContext, 'askHub'>,
  plan: NewProgramme,
): Promise<NewProgramme> {
  const known = await askOtherParties(context, partiesOf(plan));
  const next = moveParties(plan, (id) => known.get(id)?.mergedInto?.id ?? id);
  const offices = (next.sides ?? []).flatMap(({ coordinators }) => coordinators ?? []);
  const staying = offices.filter((id) => !known.has(id));
  const others = await askOtherParties(context, { staying });
  const isOpen = (id: string): boolean => {
    const { openedOn = null, closedOn = null } = known.get(id) ?? others.get(id) ?? {};
    return dates.doOverlap({ startsOn: openedOn, endsOn: closedOn }, plan);
  };
  return {
    ...next,
    sides: (next.sides ?? []).map((side) =>
      Object.assign(side, { coordinators: (side.coordinators ?? []).filter(isOpen) }),
    ),
  };
}
