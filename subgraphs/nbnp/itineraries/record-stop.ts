import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { checkHappened, findForChange, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { SiteContactStatus, StopStatus } from '../entities/vocabulary.js';
import { askIsEvaluated } from '../groups/group-for-change.js';
import type { RecordSiteContactInput, RecordStopHeldInput } from './change-stop.input.js';
import { findStopForRecord, writeStop, type StopForChange } from './stop-for-change.js';

async function findHeld(
  context: PartnerContext,
  manager: EntityManager,
  input: RecordStopHeldInput,
): Promise<StopForChange> {
  const { day } = await findForChange(manager, ItineraryStop, input.stop, 'input.stop');
  checkHappened(day, context, 'input.stop');
  const change = await findStopForRecord(manager, input);
  const { departedOn, returnedOn } = change.visit;
  if (departedOn === null) violateRule('NOT_DEPARTED', 'input.stop');
  if (input.held && !dates.isWithin(day, { startsOn: departedOn, endsOn: returnedOn }))
    violateRule('DATE_ORDER', 'input.stop');
  return change;
}

/**
 * Records whether a stop took place, or corrects it until the programme is evaluated. It can only
 * have taken place between the group’s departure and return.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED`
 * FUTURE, CANCELLED, NOT_DEPARTED, DATE_ORDER, EVALUATED
 */
export async function recordStopHeld(
  context: PartnerContext,
  input: RecordStopHeldInput,
): Promise<ItineraryStop> {
  return perform<ItineraryStop>(context, {
    name: 'recordStopHeld',
    input,
    async ask() {
      const { programme } = await findHeld(context, context.source.manager, input);
      if (await askIsEvaluated(context, programme.id)) violateRule('EVALUATED', 'input.stop');
    },
    async write(manager) {
      const { stop } = await findHeld(context, manager, input);
      return writeStop(manager, stop, {
        status: input.held ? StopStatus.HELD : StopStatus.NOT_HELD,
        statusReason: input.reason ?? null,
      });
    },
  });
}

/**
 * Records how far the network has come with the institution that a stop visits, before and after
 * the visit.
 * @throws HubError `NOT_FOUND`, `CONFLICT`; `RULE_VIOLATED` CANCELLED, DATE_ORDER
 */
export function recordSiteContact(
  context: PartnerContext,
  input: RecordSiteContactInput,
): Promise<ItineraryStop> {
  const { status: siteContact, on: siteContactOn } = input;
  return perform<ItineraryStop>(context, {
    name: 'recordSiteContact',
    input,
    async write(manager) {
      const { stop } = await findStopForRecord(manager, input);
      if (siteContact === SiteContactStatus.THANKED && siteContactOn < stop.day)
        violateRule('DATE_ORDER', 'input.on');
      return writeStop(manager, stop, { siteContact, siteContactOn });
    },
  });
}
