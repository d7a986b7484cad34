import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkVersion, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { sides } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { GroupMeeting } from '../entities/group.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { askIsEvaluated, checkInProgramme } from '../groups/group-for-change.js';
import type { RecordDateInput } from '../groups/record-date.input.js';
import { checkFollows, checkStopsHeld } from './record-departure.js';
import {
  checkTakesPlace,
  findVisitForChange,
  writeVisit,
  type VisitForChange,
} from './visit-for-change.js';

/** Finds the visit from which a group returns, and checks the network’s own rules. */
async function findReturning(
  manager: EntityManager,
  { id, on, version }: RecordDateInput,
): Promise<VisitForChange> {
  const change = await findVisitForChange(manager, id, 'input.id');
  checkVersion(change.visit, version);
  checkTakesPlace(change, 'input.id');
  if (change.visit.departedOn === null) violateRule('NOT_DEPARTED', 'input.id');
  checkFollows(on, change.visit.departedOn);
  checkInProgramme(on, change.programme);
  if (on > dates.lastReturnDay(change.visit)) violateRule('DATE_ORDER', 'input.on');
  await checkStopsHeld(manager, change.visit, { startsOn: null, endsOn: on });
  checkNoOtherMeanwhile(change, on);
  checkPrecedes(on, await findDebriefedOn(manager, change));
  return change;
}

/**
 * A group cannot be on two visits at the same time. It may depart on the day of its return from
 * another.
 * @throws HubError `RULE_VIOLATED` OVERLAPPING_VISITS
 */
function checkNoOtherMeanwhile({ visit, visits }: VisitForChange, on: string): void {
  const isMeanwhile = ({ id, departedOn, returnedOn }: Visit) =>
    id !== visit.id &&
    departedOn !== null &&
    returnedOn !== null &&
    departedOn < on &&
    returnedOn > (visit.departedOn ?? on);
  if (visits.some(isMeanwhile)) violateRule('OVERLAPPING_VISITS', 'input.on');
}

/**
 * Refuses to move a step to a date after the step that follows it.
 * @throws HubError `RULE_VIOLATED` DATE_ORDER
 */
function checkPrecedes(on: string, later: string | null): void {
  if (later !== null && on > later) violateRule('DATE_ORDER', 'input.on');
}

/** The day on which the network met a group after its return; null before. */
async function findDebriefedOn(
  manager: EntityManager,
  { group }: VisitForChange,
): Promise<string | null> {
  const debriefing = { groupId: group.id, kind: 'DEBRIEFING' } as const;
  return (await manager.findOneBy(GroupMeeting, debriefing))?.on ?? null;
}

/**
 * For a correction, asks the offices when their delegates met after the return. Before a return is
 * recorded they cannot have met.
 * @throws HubError `PARTNER_…`
 */
async function askDebriefedOn(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { group, visit, sides: between }: VisitForChange,
): Promise<string | null> {
  const isCorrection = visit.returnedOn !== null;
  if (!isCorrection || !sides.officesMeet(between)) return null;
  const response = await askHub(
    'query DelegatesDebriefed($id: ID!) { group(id: $id) { delegatesDebriefedOn } }',
    { id: group.id },
  );
  const asked = response['group'] as { readonly delegatesDebriefedOn: string | null } | null;
  return asked?.delegatesDebriefedOn ?? null;
}

/**
 * Records the day on which a group came back, or corrects it until the programme is evaluated. The
 * day must be at most 30 days after the visit’s last day, not after a recorded debriefing,
 * and not before a stop that took place.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` CANCELLED, NOT_DEPARTED,
 * DATE_ORDER, OUTSIDE_PROGRAMME, EVALUATED, OVERLAPPING_VISITS
 */
export function recordReturn(context: PartnerContext, input: RecordDateInput): Promise<Visit> {
  return perform(context, {
    name: 'recordReturn',
    input,
    async ask() {
      const change = await findReturning(context.source.manager, input);
      if (await askIsEvaluated(context, change.programme.id)) violateRule('EVALUATED', 'input.id');
      checkPrecedes(input.on, await askDebriefedOn(context, change));
    },
    async write(manager) {
      const { visit } = await findReturning(manager, input);
      return writeVisit(manager, visit, { returnedOn: input.on });
    },
  });
}
