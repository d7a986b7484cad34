import { violateRule } from '@hub/shared/errors';
import { findPerson, nextVersion, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { askTravelledGroup } from '../groups/ask-group.js';
import { checkOrder, isEvaluated } from '../groups/group-rules.js';
import { checkReportable } from './hand-in-delegate-report.js';
import type { HandInDelegateReportInput } from './participant-report.input.js';

/**
 * Corrects a delegate’s latest report of a visit, until the programme has been evaluated.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * NOT_TRAVELLED, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED, ERASED
 */
export function correctDelegateReport(
  context: PartnerContext,
  input: HandInDelegateReportInput,
): Promise<ParticipantReport> {
  const { delegate: delegateId, group: groupId, visit: visitId, on, text } = input;
  return perform(context, {
    name: 'correctDelegateReport',
    input,
    ask: () => askTravelledGroup(context, groupId),
    async write(manager, group) {
      await findPerson(manager, Delegate, delegateId, 'input.delegate');
      const isId = !visitId.includes('\0');
      const [latest] = await manager.find(ParticipantReport, {
        where: { delegateId, groupId, visitId: isId ? visitId : '' },
        order: { receivedOn: 'DESC', id: 'DESC' },
        take: 1,
      });
      if (!latest) return notFound('input.visit');
      await checkReportable(manager, group, input);
      const version = nextVersion(latest, input.version);
      checkOrder(on, latest.receivedOn);
      if (await isEvaluated(manager, group)) violateRule('EVALUATED', 'input.visit');
      const changes = { receivedOn: on, text, version };
      await manager.update(ParticipantReport, { id: latest.id }, changes);
      return Object.assign(latest, changes);
    },
    find: (manager, id) => manager.findOneBy(ParticipantReport, { id }),
  });
}
