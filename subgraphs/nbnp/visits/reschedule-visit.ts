import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { ExpertAssignment, type Visit } from '../entities/visit.entity.js';
import { checkInProgramme } from '../groups/group-for-change.js';
import { keepPlan } from '../sides/answer-hosts.js';
import { findCountedStops } from './confirmed-stops.js';
import { moveAbsencesWith } from './move-absences.js';
import {
  checkTakesPlace,
  findVisitForChange,
  writeVisit,
  type VisitForChange,
} from './visit-for-change.js';
import {
  askDelegateGroups,
  checkExpertsFree,
  checkOneGroup,
  checkOneVisit,
  type Days,
} from './visit-overlaps.js';
import type { RescheduleVisitInput } from './visit.input.js';

/**
 * @throws HubError `RULE_VIOLATED` OUTSIDE_VISIT where a stop would be before or after the visit
 */
async function checkStops(manager: EntityManager, visitId: string, days: Days): Promise<void> {
  const stops = await findCountedStops(manager, visitId);
  const outside = stops.find(({ day }) => !dates.isWithin(day, days));
  if (!outside) return;
  const end = outside.day < days.startsOn ? 'input.startsOn' : 'input.endsOn';
  violateRule('OUTSIDE_VISIT', end);
}

/** Finds a visit to move, and checks the network’s own rules. */
async function findRescheduling(
  manager: EntityManager,
  input: RescheduleVisitInput,
): Promise<VisitForChange> {
  const change = await findVisitForChange(manager, input.visit, 'input.visit');
  const { visit, programme } = change;
  checkVersion(visit, input.version);
  checkTakesPlace(change, 'input.visit');
  if (visit.departedOn !== null) violateRule('DEPARTED', 'input.visit');
  checkInProgramme(input.startsOn, programme, 'input.startsOn');
  checkInProgramme(input.endsOn, programme, 'input.endsOn');
  await checkStops(manager, visit.id, input);
  checkOneVisit(change, input, visit);
  const assigned = await manager.findBy(ExpertAssignment, { visitId: visit.id });
  const experts = assigned.map(({ expertId }) => expertId);
  await checkExpertsFree(manager, experts, visit.id, input, 'input.startsOn');
  return change;
}

/**
 * Moves a visit to other days. Its stops keep their days, which must be within the new ones;
 * absences move with it. A loan or hosting for days outside which it moves is put back to what was
 * asked.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`, `CONFLICT`; `RULE_VIOLATED`
 * CANCELLED, DEPARTED, OUTSIDE_PROGRAMME, OUTSIDE_VISIT, OVERLAPPING_VISITS, OVERLAPPING_GROUPS,
 * EXPERT_ELSEWHERE
 */
export async function rescheduleVisit(
  context: PartnerContext,
  input: RescheduleVisitInput,
): Promise<Visit> {
  return perform(context, {
    name: 'rescheduleVisit',
    input,
    ask: async () =>
      askDelegateGroups(context, await findRescheduling(context.source.manager, input), input),
    async write(manager, delegateGroups) {
      const change = await findRescheduling(manager, input);
      await checkOneGroup(manager, change, input, delegateGroups);
      const days = { startsOn: input.startsOn, endsOn: input.endsOn };
      await keepPlan(manager, change.visit, days);
      await moveAbsencesWith(manager, change.visit, input);
      return writeVisit(manager, change.visit, days);
    },
  });
}
