import { codes, createFactReader, isMissing, type PartnerContext } from '@hub/shared/policy';
import { decideItinerary } from '../access/decide-itinerary.js';
import { loadVisibleVisits, todayOf } from '../access/visible-visits.js';
import type { NoteMissing, WithMissing } from '../access/with-missing.js';
import type { Group } from '../entities/group.entity.js';
import { ExpertAssignment, type Visit } from '../entities/visit.entity.js';
import { LoanStatus } from '../entities/vocabulary.js';
import { isNear, loadDecisionDays } from './is-near.js';
import { warn, type Warning } from './warning.js';

interface AssignmentResponse {
  readonly id: string;
  readonly status: LoanStatus | null;
  readonly isLoanPutBack: boolean | null;
}

interface GroupResponse {
  readonly visits?:
    | readonly ({ readonly experts?: readonly AssignmentResponse[] | null } | null)[]
    | null;
}

/**
 * What the police forces decided, by assignment, as far as they respond. Requested each time, so that
 * the warning disappears with the decision.
 */
const readLoans = createFactReader<WithMissing<ReadonlyMap<string, AssignmentResponse>>>({
  field: 'group',
  selection: '{ visits { experts { id status isLoanPutBack } } }',
  memoryMs: 0,
  mayLackSome: (error, { visits }: GroupResponse) =>
    isMissing(error) &&
    codes.isPoliceCode(String(error.extensions['partner'])) &&
    visits?.every((visit) => visit?.experts != null) === true,
  read({ visits }: GroupResponse, missing) {
    const assignments = (visits ?? []).flatMap((visit) => visit?.experts ?? []);
    return { value: new Map(assignments.map((one) => [one.id, one])), missing };
  },
});

/** The visits ahead and under way whose plan the caller may read, with their assignments. */
async function loadAssigned(
  group: Group,
  context: PartnerContext,
): Promise<readonly (readonly [Visit, readonly ExpertAssignment[]])[]> {
  if (group.cancelledOn !== null) return [];
  const visits = await loadVisibleVisits(group.id, context);
  const open = visits.filter((visit) => visit.cancelledOn === null && visit.returnedOn === null);
  const assigned = await Promise.all(
    open.map(async (visit): Promise<readonly [Visit, readonly ExpertAssignment[]]> => {
      const found = await context.loaders.many(ExpertAssignment, 'visitId').load(visit.id);
      const isReadable = found.length > 0 && (await decideItinerary(context, visit.id));
      return [visit, isReadable ? found : []];
    }),
  );
  return assigned.filter(([, found]) => found.length > 0);
}

/** Warns of each expert who is not lent, until she is lent or released, or the group is back. */
export async function loadLoanWarnings(
  group: Group,
  context: PartnerContext,
  note: NoteMissing,
): Promise<Warning[]> {
  const assigned = await loadAssigned(group, context);
  if (assigned.length === 0) return [];
  const { value: loans, missing } = (await readLoans(context, group.id)) ?? {};
  missing?.forEach(note);
  const today = todayOf(context);
  const days = await loadDecisionDays(group, 'DECISION', context);
  return assigned.flatMap(([visit, assignments]) =>
    assignments.flatMap(({ id, expertId }) => {
      const loan = loans?.get(id);
      const { title, startsOn } = visit;
      const owner = codes.ownerOf(expertId);
      const values = { subject: id, dueOn: startsOn, title, police: codes.countryOf(owner) };
      if (loan?.status === LoanStatus.REQUESTED)
        return [
          warn(loan.isLoanPutBack ? 'LOAN_PUT_BACK' : 'LOAN_UNDECIDED', { ...values, owner }),
          ...(isNear(visit, today, days)
            ? [warn('DECISION_OVERDUE', { ...values, owner, days })]
            : []),
        ];
      if (loan?.status !== LoanStatus.REFUSED && loan?.status !== LoanStatus.WITHDRAWN) return [];
      return warn(`LOAN_${loan.status}`, { ...values, owner: codes.networkCode });
    }),
  );
}
