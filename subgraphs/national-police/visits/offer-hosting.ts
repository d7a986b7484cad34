import { createId, notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Hosting } from '../entities/hosting.entity.js';
import { findOwnUnit } from '../network/find-own-unit.js';
import { checkNotEnded, type VisitProgress } from './check-visit.js';
import type { OfferHostingInput } from './hosting.input.js';

const factsQuery = `query OfferFacts($visit: ID!) {
  visit(id: $visit) { isRehearsal cancelledOn returnedOn group { cancelledOn } }
}`;

interface OfferedVisit extends VisitProgress {
  readonly isRehearsal: boolean;
}

async function askVisit({ askHub }: PartnerContext, visit: string): Promise<OfferedVisit> {
  const response = await askHub(factsQuery, { visit });
  return (response['visit'] as OfferedVisit | null) ?? notFound('input.visit');
}

/**
 * Offers to host a visit, whichever country hosts it.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * CANCELLED, RETURNED
 */
export async function offerHosting(
  context: PartnerContext,
  input: OfferHostingInput,
): Promise<Hosting> {
  const { visit: visitId, accommodation = null, transport = null, note = null } = input;
  const { meetingPoint = null, contactOnTheSpot = null, emergencyContact = null } = input;
  return perform(context, {
    name: 'offerHosting',
    input,
    ask: () => askVisit(context, visitId),
    async write(manager, visit) {
      const { id: unitId } = await findOwnUnit(context, manager, input.unit);
      checkNotEnded(visit, 'input.visit');
      const hosting: Hosting = {
        id: createId(context),
        visitId,
        isRehearsal: visit.isRehearsal,
        unitId,
        status: 'OFFERED',
        accommodation,
        transport,
        meetingPoint,
        contactOnTheSpot,
        emergencyContact,
        note,
        confirmedOn: null,
        confirmedVersion: null,
        withdrawnOn: null,
        version: 1,
      };
      await manager.insert(Hosting, hosting);
      return hosting;
    },
    find: (manager, id) => manager.findOneBy(Hosting, { id }),
  });
}
