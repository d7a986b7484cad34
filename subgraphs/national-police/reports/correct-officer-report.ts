import { violateRule } from '@hub/shared/errors';
import { findPerson, nextVersion, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { askFacts, checkReportable } from './hand-in-officer-report.js';
import type { HandInOfficerReportInput } from './participant-report.input.js';

/**
 * Corrects an officer’s latest report of a visit, until the programme has been evaluated.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * NOT_TRAVELLED, NOT_RETURNED, DATE_ORDER, TOO_LATE, CANCELLED, EVALUATED, ERASED
 */
export async function correctOfficerReport(
  context: PartnerContext,
  input: HandInOfficerReportInput,
): Promise<ParticipantReport> {
  const { officer: officerId, group: groupId, visit: visitId, on, text } = input;
  return perform(context, {
    name: 'correctOfficerReport',
    input,
    async ask() {
      await findPerson(context.source.manager, Officer, officerId, 'input.officer');
      const facts = await askFacts(context, input);
      // The evaluation is asked for only if there is a report.
      return facts.isEvaluated === undefined ? notFound('input.visit') : facts;
    },
    async write(manager, facts) {
      await findPerson(manager, Officer, officerId, 'input.officer');
      checkReportable(facts, on);
      const [latest] = await manager.find(ParticipantReport, {
        where: { officerId, groupId, visitId },
        order: { receivedOn: 'DESC', id: 'DESC' },
        take: 1,
      });
      if (!latest) return notFound('input.visit');
      const version = nextVersion(latest, input.version);
      if (on < latest.receivedOn) violateRule('DATE_ORDER', 'input.on');
      if (facts.isEvaluated) violateRule('EVALUATED', 'input.visit');
      const changes = { receivedOn: on, text, version };
      await manager.update(ParticipantReport, { id: latest.id }, changes);
      return Object.assign(latest, changes);
    },
    find: (manager, id) => manager.findOneBy(ParticipantReport, { id }),
  });
}
