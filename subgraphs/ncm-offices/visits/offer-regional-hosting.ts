import { checkNotInvented, createId, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { consents } from '@hub/shared/programme';
import { RegionalHosting } from '../entities/regional-hosting.entity.js';
import { findOffice } from '../network/find-office.js';
import { checkOfficeOpen } from '../network/office-rules.js';
import { askVisit, checkArranges, checkNotEnded } from './hosted-visit.js';
import type { OfferRegionalHostingInput } from './regional-hosting.input.js';

/**
 * Offers to arrange a visit that the offices host.
 * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * HOST_COUNTRY, MERGED, CLOSED, CANCELLED, RETURNED, REHEARSAL
 */
export async function offerRegionalHosting(
  context: PartnerContext,
  input: OfferRegionalHostingInput,
): Promise<RegionalHosting> {
  const { visit: visitId, accommodation = null, transport = null, note = null } = input;
  const { meetingPoint = null, contactOnTheSpot = null, emergencyContact = null } = input;
  return perform(context, {
    name: 'offerRegionalHosting',
    input,
    ask: () => askVisit(context, visitId, 'input.visit'),
    async write(manager, visit) {
      const office = await findOffice(manager, input.office, 'input.office');
      await checkArranges(manager, visit, office, 'input.office');
      consents.checkHosted(visit, context.partner, 'input.visit');
      checkOfficeOpen(office, [visit.startsOn, visit.endsOn], 'input.office');
      checkNotEnded(visit, 'input.visit');
      checkNotInvented(office, visit, 'input.office');
      const hosting: RegionalHosting = {
        id: createId(context),
        officeId: office.id,
        visitId,
        isRehearsal: visit.isRehearsal,
        status: 'OFFERED',
        accommodation,
        transport,
        meetingPoint,
        contactOnTheSpot,
        emergencyContact,
        note,
        decidedOn: null,
        confirmedVersion: null,
        version: 1,
      };
      await manager.insert(RegionalHosting, hosting);
      return hosting;
    },
    find: (manager, id) => manager.findOneBy(RegionalHosting, { id }),
  });
}
