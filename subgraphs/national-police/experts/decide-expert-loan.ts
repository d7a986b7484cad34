import { violateRule } from '@hub/shared/errors';
import {
  checkPersonFits,
  findForChange,
  notFound,
  perform,
  type Rehearsable,
} from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { consents } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import type { ExpertAssignment } from '../entities/expert-assignment.reference.js';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert } from '../entities/expert.entity.js';
import {
  checkNotEnded,
  checkWithinProgramme,
  consentedVisit,
  type ConsentedVisit,
} from '../visits/check-visit.js';
import type { DecideExpertLoanInput, WithdrawExpertLoanInput } from './expert-assignment.input.js';

type LoanVisit = ConsentedVisit & Rehearsable;

interface Assigned {
  readonly assignments: readonly { readonly id: string; readonly visit: LoanVisit }[];
}

const factsQuery = `query LoanFacts($expert: ID!) {
  expert(id: $expert) {
    assignments { id visit { isRehearsal ${consentedVisit} } }
  }
}`;

/**
 * Nothing may be added about an erased expert. A refusal without a reason adds nothing.
 * @throws HubError `NOT_FOUND`; `RULE_VIOLATED` ERASED
 */
async function checkExpert(
  manager: EntityManager,
  { expert: id, grant, reason }: Pick<DecideExpertLoanInput, 'expert' | 'grant' | 'reason'>,
): Promise<Expert> {
  const expert = await findForChange(manager, Expert, id, 'input.expert');
  if (expert.name === null && (grant || reason != null)) violateRule('ERASED', 'input.expert');
  return expert;
}

/**
 * The visit for which the network has asked for the expert.
 * @throws HubError `NOT_FOUND`, `PARTNER_…`; `RULE_VIOLATED` NOT_ASSIGNED
 */
async function askAssignedVisit(
  { askHub }: PartnerContext,
  { expert: id, assignment }: Pick<DecideExpertLoanInput, 'expert' | 'assignment'>,
): Promise<LoanVisit> {
  const { expert } = await askHub(factsQuery, { expert: id });
  if (!expert) return notFound('input.expert');
  const found = (expert as Assigned).assignments.find((one) => one.id === assignment);
  return found?.visit ?? violateRule('NOT_ASSIGNED', 'input.assignment');
}

/**
 * Lends an expert for a visit and its present days, or refuses. The decision is final, unless the
 * visit moves outside these days; the network can release her and ask again.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` NOT_ASSIGNED,
 * REHEARSAL, CANCELLED, RETURNED, OUTSIDE_PROGRAMME, ALREADY_DECIDED, ERASED
 */
export async function decideExpertLoan(
  context: PartnerContext,
  input: DecideExpertLoanInput,
): Promise<ExpertAssignment> {
  const { expert: expertId, assignment: assignmentId, grant, on, reason = null } = input;
  return perform(context, {
    name: 'decideExpertLoan',
    input,
    async ask() {
      await checkExpert(context.source.manager, input);
      return askAssignedVisit(context, input);
    },
    async write(manager, visit) {
      const expert = await checkExpert(manager, input);
      if (grant) checkPersonFits(expert, visit, 'input.expert');
      checkNotEnded(visit, 'input.assignment');
      checkWithinProgramme(on, visit);
      const decided = await manager.findOneBy(ExpertLoan, { assignmentId });
      if (decided && !isPutBack(decided, visit)) violateRule('ALREADY_DECIDED', 'input.assignment');
      if (grant) consents.checkPlanSeen(visit, input.visitVersion);
      const decision = { loanGranted: grant, loanDecidedOn: on, loanReason: reason };
      const grantedVersion = grant ? visit.version : null;
      const loan = { assignmentId, expertId, ...decision, grantedVersion };
      await manager.upsert(ExpertLoan, loan, ['assignmentId']);
      return { id: assignmentId, expertId };
    },
  });
}

/** True if the expert was lent for other days than those of the visit. */
const isPutBack = ({ loanGranted, grantedVersion }: ExpertLoan, visit: ConsentedVisit): boolean =>
  loanGranted && !consents.doesConsentHold(visit, grantedVersion);

/**
 * Takes back an expert who was lent, until the group has returned. The network can release her and
 * ask for another.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `PARTNER_…`; `RULE_VIOLATED` NOT_ASSIGNED,
 * CANCELLED, RETURNED, OUTSIDE_PROGRAMME, WITHDRAWN, NOT_LENT, DATE_ORDER, ERASED
 */
export async function withdrawExpertLoan(
  context: PartnerContext,
  input: WithdrawExpertLoanInput,
): Promise<ExpertAssignment> {
  const { expert: expertId, assignment: assignmentId, on, reason } = input;
  return perform(context, {
    name: 'withdrawExpertLoan',
    input,
    async ask() {
      await checkExpert(context.source.manager, { expert: expertId, grant: false, reason });
      return askAssignedVisit(context, input);
    },
    async write(manager, visit) {
      await checkExpert(manager, { expert: expertId, grant: false, reason });
      checkNotEnded(visit, 'input.assignment');
      checkWithinProgramme(on, visit);
      const loan = await manager.findOneBy(ExpertLoan, { assignmentId, expertId });
      if (loan?.withdrawnOn != null) violateRule('WITHDRAWN', 'input.assignment');
      if (!loan?.loanGranted || isPutBack(loan, visit)) violateRule('NOT_LENT', 'input.assignment');
      if (on < loan.loanDecidedOn) violateRule('DATE_ORDER', 'input.on');
      const withdrawal = { loanGranted: false, withdrawnOn: on, withdrawReason: reason };
      await manager.update(ExpertLoan, { assignmentId }, withdrawal);
      return { id: assignmentId, expertId };
    },
  });
}
