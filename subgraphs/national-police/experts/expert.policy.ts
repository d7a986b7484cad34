import type { PartnerContext } from '@hub/shared/context';
import {
  coordinators,
  hasRole,
  isLoanPutBack,
  isOneOf,
  isOwnStaff,
  mayReadItinerary,
  readAssignmentFacts,
  type Levels,
} from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';
import type { ExpertAssignment } from '../entities/expert-assignment.reference.js';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import type { Expert } from '../entities/expert.entity.js';

const byAssignment = { orderBy: [{ property: 'assignmentId' }] };

/**
 * True for staff of the police force that offers an expert, and for the network, which asks for
 * her.
 */
const isPartyToLoan = (context: PartnerContext): boolean =>
  isOwnStaff(context) || isOneOf(context.reader, networkCode, coordinators);

async function mayReadAssignment(
  context: PartnerContext,
  { id, expertId }: ExpertAssignment,
): Promise<boolean> {
  return mayReadItinerary(
    context,
    async () => (await readAssignmentFacts(context, expertId))?.get(id) ?? null,
  );
}

/** Whether the expert is lent for a visit whose plan this co-ordinator may read. */
async function isLentToCaller(context: PartnerContext, expertId: string): Promise<boolean> {
  if (!hasRole(context.reader, coordinators)) return false;
  const loans = await context.loaders.many(ExpertLoan, 'expertId', byAssignment).load(expertId);
  const lent = loans.filter(({ loanGranted }) => loanGranted);
  const decisions = await Promise.all(
    lent.map(
      async (loan) =>
        (await mayReadAssignment(context, { id: loan.assignmentId, expertId })) &&
        !(await isLoanPutBack(context, loan)),
    ),
  );
  return decisions.includes(true);
}

export const expertPolicy: Levels<Expert> = {
  identity: {
    readers:
      'staff of this organisation; co-ordinators of `nbnp`; while the expert is lent for a visit, co-ordinators of the organisations that send, host or arrange it',
    decide: (expert, context) =>
      isPartyToLoan(context) || (expert !== undefined && isLentToCaller(context, expert.id)),
  },
};

/** Two levels: whether the expert is lent, and why. */
export const expertAssignmentPolicy: Levels<ExpertAssignment> = {
  itinerary: {
    readers:
      'staff of this organisation; the organisations that send, host or arrange the visit, except auditors; analysts once it has ended',
    decide: (assignment, context) =>
      isOwnStaff(context) || (assignment !== undefined && mayReadAssignment(context, assignment)),
  },
  identity: {
    readers: 'staff of this organisation; co-ordinators of `nbnp`',
    decide: (_assignment, context) => isPartyToLoan(context),
  },
};
