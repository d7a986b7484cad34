import { byId, keepIds, orderBy, readRows } from '@hub/shared/database';
import { type PartnerContext, readers } from '@hub/shared/policy';
import { itineraries, people } from '@hub/shared/programme';
import { IsNull, type SelectQueryBuilder } from 'typeorm';
import type { Expert } from '../entities/expert.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

/** Who reads of the officers. The network says which nominations it has declined. */
export const officerRights = new people.PeopleRights<OfficerNomination>({
  nomination: OfficerNomination,
  person: 'officerId',
  standing: { withdrawnOn: IsNull() },
});

/**
 * Whether the caller may know of an expert. Staff of the organisations that send, host or arrange a
 * visit may, once the network has asked for her there.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
export function mayReadExpert(
  context: PartnerContext,
  expertId: string | undefined,
): boolean | Promise<boolean> {
  if (people.readsEverybody(context)) return true;
  if (expertId === undefined || !readers.hasRole(context.reader, readers.staff)) return false;
  return people.decideOnce(context, expertId, async () => {
    const assigned = await itineraries.readAssignmentFacts(context, expertId);
    const decisions = await Promise.all(
      [...(assigned?.values() ?? [])].map(
        async (visit) =>
          !visit.isCancelled &&
          !people.isLongAgo(visit, context) &&
          itineraries.takesPart(context, () => Promise.resolve(visit)),
      ),
    );
    return decisions.includes(true);
  });
}

/** Keeps the experts of whom the caller may know, before a page is cut and rows are counted. */
export async function keepKnown(
  experts: SelectQueryBuilder<Expert>,
  context: PartnerContext,
): Promise<void> {
  if (people.readsEverybody(context)) return;
  const candidates = await readRows(orderBy(experts.clone(), byId));
  const known = await people.filter(context, candidates, ({ id }) => mayReadExpert(context, id));
  keepIds(
    experts,
    known.map(({ id }) => id),
  );
}
