import { HubError, requireMembers, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { GroupMeeting } from '../entities/group.entity.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
import { askDelegatesReady, type DelegatesReady } from '../groups/ask-delegates.js';
import { checkInProgramme } from '../groups/group-for-change.js';
import { lastAcceptance } from '../groups/load-group-facts.js';
import type { RecordDateInput } from '../groups/record-date.input.js';
import { askConfirmedStops, checkStopsUnchanged } from './confirmed-stops.js';
import { moveAbsencesToDeparture } from './move-absences.js';
import {
  checkNotReturned,
  findVisitForChange,
  writeVisit,
  type VisitForChange,
} from './visit-for-change.js';
import {
  askDelegateGroups,
  checkOneGroup,
  type Days,
  type DelegateGroups,
} from './visit-overlaps.js';

/**
 * Refuses a step dated before the step that it follows. An unset date allows any.
 * @throws HubError `RULE_VIOLATED` DATE_ORDER
 */
export function checkFollows(on: string, earlier: string | null): void {
  if (earlier !== null && on < earlier) violateRule('DATE_ORDER', 'input.on');
}

/**
 * Refuses a step that would leave a stop which took place outside of the journey.
 * @throws HubError `RULE_VIOLATED` DATE_ORDER
 */
export async function checkStopsHeld(
  manager: EntityManager,
  { id: visitId }: Visit,
  journey: dates.Span,
): Promise<void> {
  const held = await manager.findBy(ItineraryStop, { visitId, status: StopStatus.HELD });
  if (held.some(({ day }) => !dates.isWithin(day, journey))) violateRule('DATE_ORDER', 'input.on');
}

/** How many days before the first day of its visit a group may depart. */
const travelDays = 2;

/**
 * Refuses a departure long before a visit, or after its last day.
 * @throws HubError `RULE_VIOLATED` DATE_ORDER
 */
function checkNearVisit(on: string, { startsOn, endsOn }: Visit): void {
  const days = { startsOn: startsOn && dates.addDays(startsOn, -travelDays), endsOn };
  if (!dates.isWithin(on, days)) violateRule('DATE_ORDER', 'input.on');
}

/**
 * Finds the visit on which a group departs, and checks the network’s own rules.
 * @param delegates what the offices said of theirs; undefined before they are asked
 */
async function findDeparting(
  manager: EntityManager,
  { id, on, version }: RecordDateInput,
  delegates?: DelegatesReady | null,
): Promise<VisitForChange> {
  const change = await findVisitForChange(manager, id, 'input.id');
  const { visit, programme } = change;
  checkVersion(visit, version);
  checkNotReturned(change, 'input.id');
  checkNotAway(change, on);
  if (delegates !== undefined || !sides.sendsDelegates(change.sides))
    await checkReady(manager, change, delegates ?? null, on);
  checkInProgramme(on, programme);
  checkNearVisit(on, visit);
  await checkStopsHeld(manager, visit, { startsOn: on, endsOn: null });
  return change;
}

/**
 * Checks that all members of a group are chosen, and met for the briefing that it needs.
 * @throws HubError `GROUP_FULL`; `RULE_VIOLATED` NOT_SELECTED, NOT_BRIEFED, DATE_ORDER
 */
async function checkReady(
  manager: EntityManager,
  { group, programme, accepted, sides: between }: VisitForChange,
  delegates: DelegatesReady | null,
  on: string,
): Promise<void> {
  const size = accepted.length + (delegates?.count ?? 0);
  requireMembers(size, programme.groupSizeMin, 'input.id');
  // Two subgraphs may have given the last place at once.
  if (between.direction === null && size > programme.groupSizeMax)
    throw new HubError('GROUP_FULL', { argument: 'input.id' });
  const briefing = await manager.findOneBy(GroupMeeting, { groupId: group.id, kind: 'BRIEFING' });
  const briefedOn = delegates?.briefedOn ?? briefing?.on ?? null;
  if (sides.isBriefingDue(between)) {
    if (briefedOn === null) violateRule('NOT_BRIEFED', 'input.id');
    checkFollows(on, briefedOn);
  }
  checkFollows(on, lastAcceptance(accepted));
  checkFollows(on, delegates?.selectedOn ?? null);
}

/**
 * A group must return from one visit before it departs on another.
 * @throws HubError `RULE_VIOLATED` OVERLAPPING_VISITS
 */
function checkNotAway({ visit, visits }: VisitForChange, on: string): void {
  const isAway = ({ id, departedOn, returnedOn }: Visit) =>
    id !== visit.id &&
    departedOn !== null &&
    (returnedOn === null || (departedOn <= on && on < returnedOn));
  if (visits.some(isAway)) violateRule('OVERLAPPING_VISITS', 'input.id');
}

const plannedDays = ({ startsOn, endsOn }: Visit): Days | undefined =>
  startsOn !== null && endsOn !== null ? { startsOn, endsOn } : undefined;

/**
 * Asks again who else travels on these days: a selection and a visit may have been written at the
 * same time in two subgraphs.
 * @throws HubError `PARTNER_…`
 */
function askElsewhere(context: PartnerContext, change: VisitForChange): Promise<DelegateGroups> {
  const days = plannedDays(change.visit);
  return days ? askDelegateGroups(context, change, days) : Promise.resolve(undefined);
}

/**
 * Records the day on which a group set out, or corrects it until the group is back. It may differ
 * from the plan.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `GROUP_FULL`, `PARTNER_…`; `RULE_VIOLATED` CANCELLED,
 * RETURNED, NOT_SELECTED, NOT_BRIEFED, DATE_ORDER, OUTSIDE_PROGRAMME, UNCONFIRMED_STOP, OVERLAPPING_VISITS,
 * OVERLAPPING_GROUPS
 */
export function recordDeparture(context: PartnerContext, input: RecordDateInput): Promise<Visit> {
  return perform(context, {
    name: 'recordDeparture',
    input,
    async ask() {
      const change = await findDeparting(context.source.manager, input);
      // In parallel, because two requests in sequence may exceed the hub’s deadline. The first
      // failed check decides the error.
      const [ready, delegateGroups, confirmed] = await Promise.allSettled([
        sides.sendsDelegates(change.sides) ? askDelegatesReady(context, change.group.id) : null,
        askElsewhere(context, change),
        askConfirmedStops(context, change.visit),
      ]);
      if (ready.status === 'rejected') throw ready.reason;
      const delegates = ready.value;
      if (delegates) await checkReady(context.source.manager, change, delegates, input.on);
      if (delegateGroups.status === 'rejected') throw delegateGroups.reason;
      if (confirmed.status === 'rejected') throw confirmed.reason;
      return { delegates, delegateGroups: delegateGroups.value, confirmed: confirmed.value };
    },
    async write(manager, { delegates, delegateGroups, confirmed }) {
      const change = await findDeparting(manager, input, delegates);
      const { visit } = change;
      const days = plannedDays(visit);
      if (days) await checkOneGroup(manager, change, days, delegateGroups, 'input.id');
      await checkStopsUnchanged(manager, visit, confirmed);
      await moveAbsencesToDeparture(manager, visit, input.on);
      return writeVisit(manager, visit, { departedOn: input.on });
    },
  });
}
