import { keepIds, readCandidates } from '@hub/shared/database';
import { HubError } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import {
  codes,
  createFactReader,
  isMissing,
  type PartnerContext,
  readers,
} from '@hub/shared/policy';
import type { GraphQLResolveInfo } from 'graphql';
import type { SelectQueryBuilder } from 'typeorm';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import type { Expert } from '../entities/expert.entity.js';
import type { ExpertFilter } from './expert.input.js';

interface Assignment {
  readonly id: string;
  readonly visit: {
    readonly startsOn: string | null;
    readonly endsOn: string | null;
    readonly cancelledOn: string | null;
    readonly group: { readonly cancelledOn: string | null } | null;
  } | null;
}

/** The visits for which the network asks for an expert. Nothing is cached: a mutation counts at once. */
const readAssignments = createFactReader<readonly (Assignment | null)[] | null>({
  field: 'expert',
  list: 'experts',
  selection: '{ assignments { id visit { startsOn endsOn cancelledOn group { cancelledOn } } } }',
  memoryMs: 0,
  read: ({ assignments }) => (assignments ?? null) as readonly (Assignment | null)[] | null,
});

/**
 * Keeps the experts who are free on these days. The days are those that are planned, as for
 * EXPERT_ELSEWHERE: a visit without dates takes nobody. An expert whose visits the network does not
 * say is not known to be free, and the response names the network.
 * @throws HubError `FORBIDDEN`; `QUERY_TOO_COMPLEX` if the query has too many experts
 */
export async function keepFree(
  experts: SelectQueryBuilder<Expert>,
  { freeFrom = null, freeTo = null }: ExpertFilter,
  context: PartnerContext,
  info: GraphQLResolveInfo,
): Promise<void> {
  if (freeFrom === null && freeTo === null) return;
  const argument = freeFrom === null ? 'filter.freeTo' : 'filter.freeFrom';
  // Those who may read all of its `Expert.assignments`.
  const mayKnow =
    readers.isOwnStaff(context) ||
    readers.isOneOf(context.reader, codes.networkCode, readers.staff);
  if (!mayKnow) throw new HubError('FORBIDDEN', { argument });
  const candidates = await readCandidates(experts, argument, 'experts');
  const days = { startsOn: freeFrom, endsOn: freeTo };
  const free = await Promise.all(
    candidates.map(({ id }) =>
      isFree(id, days, context).catch((error: unknown) => {
        if (!isMissing(error)) throw error;
        context.missing.note(error, info);
        return false;
      }),
    ),
  );
  keepIds(
    experts,
    candidates.flatMap(({ id }, index) => (free[index] ? id : [])),
  );
}

async function isFree(
  expertId: string,
  days: { readonly startsOn: string | null; readonly endsOn: string | null },
  context: PartnerContext,
): Promise<boolean> {
  const [assignments, loans] = await Promise.all([
    readAssignments(context, expertId),
    context.loaders
      .many(ExpertLoan, 'expertId', { orderBy: [{ property: 'assignmentId' }] })
      .load(expertId),
  ]);
  const over = new Set(
    loans
      .filter(({ loanGranted, withdrawnOn }) => !loanGranted || withdrawnOn !== null)
      .map(({ assignmentId }) => assignmentId),
  );
  // A list, an assignment or its visit that is null is not known.
  const visits = (assignments ?? [null])
    .filter((assignment) => !assignment || !over.has(assignment.id))
    .map((assignment) => assignment?.visit ?? null);
  if (visits.includes(null))
    throw new HubError('PARTNER_INVALID_RESPONSE', { partner: codes.networkCode });
  return !visits.some(
    (visit) =>
      visit?.startsOn != null &&
      visit.endsOn !== null &&
      visit.cancelledOn === null &&
      visit.group?.cancelledOn == null &&
      dates.doOverlap(visit, days),
  );
}
