import { HubError, violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkVersion, perform } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
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

/** Finds the visit on which a group departs, and checks the network’s own rules. */
async function findDeparting(
  manager: EntityManager,
  { id, on, version }: RecordDateInput,
): Promise<VisitForChange> {
  const change = await findVisitForChange(manager, id, 'input.id');
  const { visit, programme, accepted } = change;
  checkVersion(visit, version);
  checkNotReturned(change, 'input.id');
  checkNotAway(change, on);
  if (sides.sendsOfficers(change.sides)) {
    if (accepted.length < programme.groupSizeMin) violateRule('NOT_SELECTED', 'input.id');
    checkFollows(on, lastAcceptance(accepted));
  }
  checkInProgramme(on, programme);
  checkNearVisit(on, visit);
  await checkStopsHeld(manager, visit, { startsOn: on, endsOn: null });
  return change;
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

interface DelegatesResponse {
  readonly delegateCount?: number | null;
  readonly delegatesSelectedOn?: string | null;
  readonly delegatesBriefedOn?: string | null;
}

/**
 * Asks the offices whether their delegates are selected and briefed. Only a visit to the Nordic
 * countries requires a briefing.
 * @throws HubError `PARTNER_…`; `RULE_VIOLATED` NOT_SELECTED, NOT_BRIEFED, DATE_ORDER
 */
async function askDelegatesReady(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { group, programme, sides: between }: VisitForChange,
  on: string,
): Promise<void> {
  if (!sides.sendsDelegates(between)) return;
  const response = await askHub(
    'query DelegatesReady($id: ID!) { group(id: $id) { delegateCount delegatesSelectedOn delegatesBriefedOn } }',
    { id: group.id },
  );
  const delegates = (response['group'] ?? {}) as DelegatesResponse;
  if (delegates.delegateCount == null) {
    throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.officesCode });
  }
  if (delegates.delegateCount < programme.groupSizeMin) violateRule('NOT_SELECTED', 'input.id');
  if (delegates.delegatesBriefedOn == null && sides.isBriefingDue(between))
    violateRule('NOT_BRIEFED', 'input.id');
  checkFollows(on, delegates.delegatesSelectedOn ?? null);
  checkFollows(on, delegates.delegatesBriefedOn ?? null);
}

/**
 * Records the day on which a group set out, or corrects it until the group is back. It may differ
 * from the plan.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` CANCELLED, RETURNED,
 * NOT_SELECTED, NOT_BRIEFED, DATE_ORDER, OUTSIDE_PROGRAMME, UNCONFIRMED_STOP, OVERLAPPING_VISITS,
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
        askDelegatesReady(context, change, input.on),
        askElsewhere(context, change),
        askConfirmedStops(context, change.visit),
      ]);
      if (ready.status === 'rejected') throw ready.reason;
      if (delegateGroups.status === 'rejected') throw delegateGroups.reason;
      if (confirmed.status === 'rejected') throw confirmed.reason;
      return { delegateGroups: delegateGroups.value, confirmed: confirmed.value };
    },
    async write(manager, { delegateGroups, confirmed }) {
      const change = await findDeparting(manager, input);
      const { visit } = change;
      const days = plannedDays(visit);
      if (days) await checkOneGroup(manager, change, days, delegateGroups, 'input.id');
      await checkStopsUnchanged(manager, visit, confirmed);
      await moveAbsencesToDeparture(manager, visit, input.on);
      return writeVisit(manager, visit, { departedOn: input.on });
    },
  });
}
