import { dates } from '@hub/shared/graphql';
import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
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

/** An office, and its last day if it has one. */
interface Coordinator {
  readonly id: string;
  readonly lastDay: string | null;
}

const listOffices = (response: SideResponse | null | undefined): Coordinator[] =>
  (response?.coordinators ?? []).flatMap((office) =>
    office
      ? {
          id: office.id,
          lastDay: office.closedOn == null ? null : dates.lastDayOf(office.closedOn),
        }
      : [],
  );

/** The offices that co-ordinate the sides of a group. */
const readOffices = createFactReader<Readonly<Record<'from' | 'to', readonly Coordinator[]>>>({
  field: 'group',
  selection: `{ from ${side} to ${side} }`,
  memoryMs: 0,
  read: ({ from, to }: SidesResponse) => ({ from: listOffices(from), to: listOffices(to) }),
});

/** Whether all offices have closed that co-ordinate the side a group travels from. */
export async function haveOfficesClosed(
  { id, sides: between }: { readonly id: string; readonly sides: sides.GroupSides },
  context: PartnerContext,
): Promise<boolean> {
  if (between.direction !== null || !sides.officesMeet(between)) return false;
  const { from = [] } = (await readOffices(context, id)) ?? {};
  const today = todayOf(context);
  return from.length > 0 && from.every(({ lastDay }) => lastDay !== null && lastDay < today);
}

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
  const { from = [], to = [] } = (await readOffices(context, group.id)) ?? {};
  const closings = new Map([...from, ...to].map(({ id, lastDay }) => [id, lastDay]));
  return [...closings]
    .filter(([, lastDay]) => lastDay !== null && lastDay < last)
    .toSorted()
    .map(([subject, dueOn]) => warn('OFFICE_CLOSED', { subject, owner: codes.networkCode, dueOn }));
}
