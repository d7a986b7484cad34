import type { PartnerContext } from '@hub/shared/context';
import { createFactReader } from '@hub/shared/policy';
import { countryOf, ownerOf } from '@hub/shared/vocabulary';
import { decideItinerary } from '../access/decide-itinerary.js';
import { loadVisibleVisits } from '../access/visible-visits.js';
import type { Group } from '../entities/group.entity.js';
import { ExpertAssignment, type Visit } from '../entities/visit.entity.js';
import { unlessUnavailable } from './unless-unavailable.js';

interface AssignmentResponse {
  readonly id: string;
  readonly loanGranted: boolean | null;
  readonly expert: { readonly country: string | null } | null;
}

interface GroupResponse {
  readonly visits?:
    readonly ({ readonly experts?: readonly AssignmentResponse[] | null } | null)[] | null;
}

/**
 * The decisions of the police forces that respond, by assignment: null before a decision. Requested
 * each time, so that the warning disappears with the decision.
 */
const readLoans = createFactReader<ReadonlyMap<string, boolean | null>>({
  field: 'group',
  // The country shows whether the police force responds. Without it, null says nothing of a loan.
  selection: '{ visits { experts { id loanGranted expert { country } } } }',
  memoryMs: 0,
  mayLackSome: true,
  read({ visits }: GroupResponse) {
    const assignments = (visits ?? []).flatMap((visit) => visit?.experts ?? []);
    const known = assignments.filter(({ expert }) => expert?.country != null);
    return new Map(known.map(({ id, loanGranted }) => [id, loanGranted]));
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
      const isReadable =
        found.length > 0 && (await unlessUnavailable(decideItinerary(context, visit.id)));
      return [visit, isReadable ? found : []];
    }),
  );
  return assigned.filter(([, found]) => found.length > 0);
}

/** Warns of each expert who is not lent, until she is lent or released, or the group is back. */
export async function loadLoanWarnings(group: Group, context: PartnerContext): Promise<string[]> {
  const assigned = await loadAssigned(group, context);
  if (assigned.length === 0) return [];
  const loans = await unlessUnavailable(readLoans(context, group.id));
  return assigned.flatMap(([{ title }, assignments]) =>
    assignments.flatMap(({ id, expertId }) => {
      const isGranted = loans?.get(id);
      const police = countryOf(ownerOf(expertId));
      if (isGranted === null)
        return `The visit “${title}” waits for an expert: ${police} has not decided on the loan.`;
      return isGranted === false
        ? `The visit “${title}” lacks an expert: ${police} refused the loan. Release the assignment.`
        : [];
    }),
  );
}
