import { createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { consents } from '@hub/shared/programme';
import { Hosting } from '../entities/hosting.entity.js';
import { findOwnUnit } from '../network/find-own-unit.js';
import { checkNotEnded } from './check-visit.js';
import { askVisit, checkUnitExists } from './hosted-visit.js';
import type { OfferHostingInput } from './hosting.input.js';

/**
 * Offers to host a visit that this police force hosts.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * HOST_COUNTRY, MERGED, CLOSED, CANCELLED, RETURNED
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
    ask: () => askVisit(context, visitId, 'input.visit'),
    async write(manager, visit) {
      const unit = await findOwnUnit(context, manager, input.unit);
      consents.checkHosted(visit, context.partner, 'input.visit');
      checkUnitExists(unit, visit, 'input.unit');
      checkNotEnded(visit, 'input.visit');
      const hosting: Hosting = {
        id: createId(context),
        visitId,
        isRehearsal: visit.isRehearsal,
        unitId: unit.id,
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
