import { violateRule } from '@hub/shared/errors';
import { checkHappened, checkVersion, notFound, perform } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { groupVisits } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import type { Group } from '../entities/group.entity.js';
import { Absence, type Visit } from '../entities/visit.entity.js';
import { askDelegates } from '../groups/ask-delegates.js';
import {
  askIsEvaluated,
  checkNotCancelled,
  findGroupForChange,
  writeGroup,
} from '../groups/group-for-change.js';
import {
  checkTakesPlace,
  findVisitForChange,
  type VisitForChange,
} from '../visits/visit-for-change.js';
import type { RecordAbsenceInput } from './absence.input.js';

const isDelegate = (id: string): boolean => codes.ownerOf(id) === codes.officesCode;

/** Finds the group and its visit, and checks the network’s own rules. */
async function findAbsent(
  context: PartnerContext,
  manager: EntityManager,
  input: RecordAbsenceInput,
): Promise<VisitForChange> {
  const { group, accepted } = await findGroupForChange(manager, input.group, 'input.group');
  const change = await findVisitForChange(manager, input.visit, 'input.visit');
  if (change.group.id !== group.id) notFound('input.visit');
  // It is known ahead who does not travel at all, but not who leaves early.
  if (!groupVisits.missesVisit(change.visit, input.from))
    checkHappened(input.from, context, 'input.from');
  checkVersion(group, input.version);
  checkNotCancelled(change, 'input.group');
  checkTakesPlace(change, 'input.visit');
  const isOfficer = accepted.some(({ officerId }) => officerId === input.participant);
  if (!isOfficer && !isDelegate(input.participant)) violateRule('NOT_MEMBER', 'input.participant');
  checkOnVisit(change.visit, input.from);
  return change;
}

/** A visit may begin or end on other days than planned. */
function checkOnVisit({ startsOn, endsOn, departedOn, returnedOn }: Visit, from: string): void {
  const days = [startsOn, endsOn, departedOn, returnedOn].filter((day) => day !== null).sort();
  const [first, last] = [days[0] ?? from, days.at(-1) ?? from];
  if (from < first || from > last) violateRule('OUTSIDE_VISIT', 'input.from');
}

/** @throws HubError `PARTNER_…`; `RULE_VIOLATED` NOT_MEMBER */
async function checkDelegate(
  context: Pick<PartnerContext, 'askHub'>,
  { group, participant }: RecordAbsenceInput,
): Promise<void> {
  if (!(await askDelegates(context, group)).includes(participant))
    violateRule('NOT_MEMBER', 'input.participant');
}

/**
 * Records that a member does not travel on a visit, or leaves it early, before or after the
 * departure. Recorded again, it corrects the day and the reason, until the programme is evaluated.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` FUTURE, CANCELLED,
 * NOT_MEMBER, OUTSIDE_VISIT, EVALUATED
 */
export function recordAbsence(context: PartnerContext, input: RecordAbsenceInput): Promise<Group> {
  return perform(context, {
    name: 'recordAbsence',
    input,
    async ask() {
      const { programme } = await findAbsent(context, context.source.manager, input);
      if (isDelegate(input.participant)) await checkDelegate(context, input);
      if (await askIsEvaluated(context, programme.id)) violateRule('EVALUATED', 'input.group');
    },
    async write(manager) {
      const { group } = await findAbsent(context, manager, input);
      const { visit: visitId, participant: participantId, from, reason } = input;
      const absence = { visitId, participantId, groupId: group.id, from, reason };
      await manager.upsert(Absence, absence, ['visitId', 'participantId']);
      return writeGroup(manager, group, {});
    },
  });
}
