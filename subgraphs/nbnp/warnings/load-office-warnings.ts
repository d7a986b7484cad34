import { dates } from '@hub/shared/graphql';
import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { loadVisibleVisits, todayOf } from '../access/visible-visits.js';
import type { Group } from '../entities/group.entity.js';
import { loadGroupSides } from '../sides/load-sides.js';
import { warn, type Warning } from './warning.js';

interface SideResponse {
  readonly coordinators?:
    readonly ({ readonly id: string; readonly closedOn?: string | null } | null)[] | null;
}

interface SidesResponse {
  readonly from?: SideResponse | null;
  readonly to?: SideResponse | null;
}

const side = '{ coordinators { id ... on Office { closedOn } } }';

/** The last day of each office that co-ordinates a side of a group, where it has one. */
const readClosings = createFactReader<ReadonlyMap<string, string>>({
  field: 'group',
  selection: `{ from ${side} to ${side} }`,
  memoryMs: 0,
  read: ({ from, to }: SidesResponse) =>
    new Map(
      [from, to].flatMap((one) =>
        (one?.coordinators ?? []).flatMap((office) =>
          office?.closedOn == null ? [] : [[office.id, dates.lastDayOf(office.closedOn)] as const],
        ),
      ),
    ),
});

/**
 * Warns of each office that co-ordinates a side of the group and closes before its journeys end, or
 * has closed, until it is back.
 */
export async function loadOfficeWarnings(
  group: Group,
  context: PartnerContext,
): Promise<Warning[]> {
  if (group.cancelledOn !== null || group.coordinatingOfficeId === null) return [];
  const between = await loadGroupSides(group, context);
  if (between.direction !== null) return [];
  const visits = await loadVisibleVisits(group.id, context);
  const standing = visits.filter(({ cancelledOn }) => cancelledOn === null);
  const isBack = standing.length > 0 && standing.every(({ returnedOn }) => returnedOn !== null);
  if (isBack) return [];
  const days = standing.flatMap(({ endsOn }) => endsOn ?? []);
  const last = [todayOf(context), ...days].toSorted().at(-1) ?? '';
  const closings = (await readClosings(context, group.id)) ?? new Map<string, string>();
  return [...closings]
    .filter(([, closedOn]) => closedOn < last)
    .toSorted()
    .map(([subject, dueOn]) => warn('OFFICE_CLOSED', { subject, owner: codes.networkCode, dueOn }));
}
