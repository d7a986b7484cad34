import { dates } from '@hub/shared/graphql';
import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import { loadVisibleVisits, todayOf } from '../access/visible-visits.js';
import type { Group } from '../entities/group.entity.js';
import {
  readCoordinators,
  selectCoordinators,
  type CoordinatorsResponse,
} from '../sides/coordinators.js';
import { loadGroupSides } from '../sides/load-sides.js';
import { warn, type Warning } from './warning.js';

/** An office, and its last day if it has one. */
interface Closing {
  readonly id: string;
  readonly lastDay: string | null;
}

const listClosings = (response: CoordinatorsResponse | null | undefined): Closing[] =>
  (readCoordinators(response ?? {}) ?? []).flatMap((office) =>
    office
      ? { id: office.id, lastDay: office.endsOn == null ? null : dates.lastDayOf(office.endsOn) }
      : [],
  );

interface SidesResponse {
  readonly from?: CoordinatorsResponse | null;
  readonly to?: CoordinatorsResponse | null;
}

/** The offices that co-ordinate the sides of a group. */
const readOffices = createFactReader<Readonly<Record<'from' | 'to', readonly Closing[]>>>({
  field: 'group',
  selection: `{ from ${selectCoordinators()} to ${selectCoordinators()} }`,
  memoryMs: 0,
  // A server of an earlier version merges no offices.
  mayLackSome: ({ code }) => code === 'PARTNER_LACKS_FIELD',
  read: ({ from, to }: SidesResponse) => ({ from: listClosings(from), to: listClosings(to) }),
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
