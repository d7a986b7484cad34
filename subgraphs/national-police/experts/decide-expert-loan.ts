import type { PartnerContext } from '@hub/shared/context';
import { violateRule } from '@hub/shared/errors';
import { checkText, findForChange, notFound, perform } from '@hub/shared/mutations';
import type { EntityManager } from 'typeorm';
import type { ExpertAssignment } from '../entities/expert-assignment.reference.js';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert } from '../entities/expert.entity.js';
import { checkNotEnded, checkWithinProgramme, type PlannedVisit } from '../visits/check-visit.js';
import type { DecideExpertLoanInput } from './expert-assignment.input.js';

interface Assigned {
  readonly assignments: readonly { readonly id: string; readonly visit: PlannedVisit }[];
}

const factsQuery = `query LoanFacts($expert: ID!) {
  expert(id: $expert) {
    assignments {
      id
      visit { cancelledOn returnedOn group { cancelledOn programme { startsOn endsOn } } }
    }
  }
}`;

/**
 * Nothing may be added about an erased expert. A refusal without a reason adds nothing.
 * @throws HubError `NOT_FOUND`; `RULE_VIOLATED` ERASED
 */
async function checkExpert(
  manager: EntityManager,
  { expert: id, grant, reason }: DecideExpertLoanInput,
): Promise<void> {
  const expert = await findForChange(manager, Expert, id, 'input.expert');
  if (expert.name === null && (grant || reason != null)) violateRule('ERASED', 'input.expert');
}

/**
 * The visit for which the network has asked for the expert.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`; `RULE_VIOLATED` NOT_ASSIGNED
 */
async function askAssignedVisit(
  { askHub }: PartnerContext,
  { expert: id, assignment }: DecideExpertLoanInput,
): Promise<PlannedVisit> {
  const { expert } = await askHub(factsQuery, { expert: id });
  if (!expert) return notFound('input.expert');
  const found = (expert as Assigned).assignments.find((one) => one.id === assignment);
  return found?.visit ?? violateRule('NOT_ASSIGNED', 'input.assignment');
}

/**
 * Lends an expert for a visit, or refuses. The decision is final; the network can release her and
 * ask again.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `PARTNER_…`; `RULE_VIOLATED` NOT_ASSIGNED,
 * CANCELLED, RETURNED, OUTSIDE_PROGRAMME, ALREADY_DECIDED, ERASED
 */
export async function decideExpertLoan(
  context: PartnerContext,
  input: DecideExpertLoanInput,
): Promise<ExpertAssignment> {
  const { expert: expertId, assignment: assignmentId, grant, on, reason = null } = input;
  checkText(reason, 'input.reason');
  return perform(context, {
    name: 'decideExpertLoan',
    input,
    async ask() {
      await checkExpert(context.source.manager, input);
      return askAssignedVisit(context, input);
    },
    async write(manager, visit) {
      await checkExpert(manager, input);
      checkNotEnded(visit, 'input.assignment');
      checkWithinProgramme(on, visit);
      const isDecided = await manager.existsBy(ExpertLoan, { assignmentId });
      if (isDecided) violateRule('ALREADY_DECIDED', 'input.assignment');
      const decision = { loanGranted: grant, loanDecidedOn: on, loanReason: reason };
      await manager.insert(ExpertLoan, { assignmentId, expertId, ...decision });
      return { id: assignmentId, expertId };
    },
  });
}
