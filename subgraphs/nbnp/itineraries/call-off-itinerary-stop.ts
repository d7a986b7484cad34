import { violateRule } from '@hub/shared/errors';
import { dates } from '@hub/shared/graphql';
import { perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
import type { CallOffItineraryStopInput } from './change-stop.input.js';
import { findStopForChange, writeStop } from './stop-for-change.js';

/**
 * Calls a stop off, and keeps it with the reason. From then on it counts nowhere. The reason is
 * part of the plan, so the record of changes, which more people read, does not have it.
 * @throws HubError `NOT_FOUND`, `BAD_USER_INPUT`, `CONFLICT`; `RULE_VIOLATED` CANCELLED, RETURNED,
 * OUTSIDE_PROGRAMME
 */
export async function callOffItineraryStop(
  context: PartnerContext,
  input: CallOffItineraryStopInput,
): Promise<ItineraryStop> {
  return perform<ItineraryStop>(context, {
    name: 'callOffItineraryStop',
    input,
    async write(manager) {
      const { stop, programme } = await findStopForChange(manager, input);
      if (!dates.isWithin(input.on, { endsOn: programme.endsOn }))
        violateRule('OUTSIDE_PROGRAMME', 'input.on');
      return writeStop(manager, stop, {
        status: StopStatus.CALLED_OFF,
        statusReason: input.reason,
        calledOffOn: input.on,
      });
    },
  });
}
