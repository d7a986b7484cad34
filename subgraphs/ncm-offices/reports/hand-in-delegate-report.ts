import { violateRule } from '@hub/shared/errors';
import { createId, findPerson, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { whereMember } from '../access/decide-people.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import {
  askTravelledGroup,
  isAbsent,
  type PlannedVisit,
  type TravelledGroup,
} from '../groups/ask-group.js';
import { checkNotCancelled, checkNotLate, checkOrder, isEvaluated } from '../groups/group-rules.js';
import type { HandInDelegateReportInput } from './participant-report.input.js';

const findVisit = ({ visits }: TravelledGroup, id: string): PlannedVisit =>
  visits.find((visit) => visit.id === id) ?? notFound('input.visit');

/**
 * A report is of a visit from which the group, and the delegate with it, has returned.
 * @throws HubError `NOT_FOUND`; `RULE_VIOLATED` CANCELLED, NOT_TRAVELLED, NOT_RETURNED, DATE_ORDER,
 * TOO_LATE
 */
export async function checkReportable(
  manager: EntityManager,
  group: TravelledGroup,
  { delegate: delegateId, group: groupId, visit, on }: HandInDelegateReportInput,
): Promise<void> {
  const { departedOn, returnedOn } = findVisit(group, visit);
  checkNotCancelled(group, 'input.group');
  const selected = { groupId, delegateId, ...whereMember };
  const isSelected = await manager.existsBy(DelegateNomination, selected);
  if (!isSelected) violateRule('NOT_TRAVELLED', 'input.delegate');
  if (departedOn === null) violateRule('NOT_TRAVELLED', 'input.visit');
  if (isAbsent(group, visit, delegateId)) violateRule('NOT_TRAVELLED', 'input.delegate');
  if (returnedOn === null) violateRule('NOT_RETURNED', 'input.visit');
  checkOrder(on, returnedOn);
  checkNotLate(on, group.programme);
}

/**
 * Accepts a delegate's report of a visit. The first is accepted until two years after the end of
 * the programme; further ones are added until the programme has been evaluated.
 * @throws HubError `RULE_VIOLATED` with `ERASED`, `CANCELLED`, `NOT_TRAVELLED`, `NOT_RETURNED`,
 * `DATE_ORDER`, `TOO_LATE` or `EVALUATED`; `NOT_FOUND`, `BAD_USER_INPUT`, `PARTNER_…`
 */
export function handInDelegateReport(
  context: PartnerContext,
  input: HandInDelegateReportInput,
): Promise<ParticipantReport> {
  return perform(context, {
    name: 'handInDelegateReport',
    input,
    ask: () => askTravelledGroup(context, input.group),
    async write(manager, group) {
      await findPerson(manager, Delegate, input.delegate, 'input.delegate');
      await checkReportable(manager, group, input);
      const own = { delegateId: input.delegate, groupId: input.group, visitId: input.visit };
      const isFurther = await manager.existsBy(ParticipantReport, own);
      if (isFurther && (await isEvaluated(manager, group))) violateRule('EVALUATED', 'input.visit');
      const report = {
        ...own,
        id: createId(context),
        receivedOn: input.on,
        text: input.text,
        version: 1,
      };
      await manager.insert(ParticipantReport, report);
      return report;
    },
    find: (manager, id) => manager.findOneBy(ParticipantReport, { id }),
  });
}
