import { HubError } from '@hub/shared/errors';
import type { PartnerContext } from '@hub/shared/policy';
import { decideItinerary } from '../access/decide-itinerary.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';

/**
 * Finds a stop. If a part of its plan is selected, a caller without the right to the plan gets one
 * error for the whole stop, the same as for an unknown stop. Otherwise each field that cannot be
 * null would have an error of its own.
 * @throws HubError `FORBIDDEN`, `PARTNER_…`
 */
export async function findItineraryStop(
  context: PartnerContext,
  id: string,
  isPlanSelected: boolean,
): Promise<ItineraryStop | null> {
  const stop = await context.loaders.one(ItineraryStop).load(id);
  if (isPlanSelected && !(await decideItinerary(context, stop?.visitId)))
    throw new HubError('FORBIDDEN');
  return stop;
}
