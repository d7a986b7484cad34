import { codes, type Levels, type PartnerContext, readers } from '@hub/shared/policy';
import { consents, groupVisits, itineraries } from '@hub/shared/programme';
import { mayReadExpert } from '../access/people.js';
import type { ExpertAssignment } from '../entities/expert-assignment.reference.js';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import type { Expert } from '../entities/expert.entity.js';

const byAssignment = { orderBy: [{ property: 'assignmentId' }] };

/**
 * True for staff of the police force that offers an expert, and for the network, which asks for
 * her.
 */
const isPartyToLoan = (context: PartnerContext): boolean =>
  readers.isOwnStaff(context) ||
  readers.isOneOf(context.reader, codes.networkCode, readers.coordinators);

/** The facts of the visit of an assignment. */
const readFacts =
  (context: PartnerContext, { id, expertId }: Pick<ExpertAssignment, 'id' | 'expertId'>) =>
  async () =>
    (await itineraries.readAssignmentFacts(context, expertId))?.get(id) ?? null;

/**
 * Whether the expert is lent for a visit that this co-ordinator’s organisation runs. A loan ends with
 * the recorded return, and with a cancellation, although it stays recorded.
 */
async function isLentToCaller(context: PartnerContext, expertId: string): Promise<boolean> {
  if (!readers.hasRole(context.reader, readers.coordinators)) return false;
  const loans = await context.loaders.many(ExpertLoan, 'expertId', byAssignment).load(expertId);
  const lent = loans.filter(({ loanGranted }) => loanGranted);
  const decisions = await Promise.all(
    lent.map(async (loan) => {
      const visit = await readFacts(context, { id: loan.assignmentId, expertId })();
      if (!visit || visit.isCancelled || groupVisits.hasEnded(visit, context)) return false;
      return (
        (await itineraries.takesPart(context, async () => visit)) &&
        !(await consents.isLoanPutBack(context, loan))
      );
    }),
  );
  return decisions.includes(true);
}

export const expertPolicy: Levels<Expert> = {
  people: {
    readers:
      'staff and auditors of this organisation; staff of `nbnp`, and of the organisations that send, host or arrange a visit for which the network has asked for the expert, until 90 days after the return',
    decide: (expert, context) => mayReadExpert(context, expert?.id),
  },
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
      'staff of this organisation; the organisations that send, host or arrange the visit, and all organisations once it has ended; never auditors',
    decide: (assignment, context) =>
      readers.isOwnStaff(context) ||
      (assignment !== undefined &&
        itineraries.mayReadItinerary(context, readFacts(context, assignment))),
  },
  identity: {
    readers: 'staff of this organisation; co-ordinators of `nbnp`',
    decide: (_assignment, context) => isPartyToLoan(context),
  },
};
