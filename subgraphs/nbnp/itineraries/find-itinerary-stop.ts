import type { PartnerContext } from '@hub/shared/context';
import { HubError } from '@hub/shared/errors';
import { decideItinerary } from '../access/decide-itinerary.js';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';

/**
 * Finds a stop. Where its plan is selected, the whole stop needs the right to the plan: one
 * refusal, the same for an unknown stop, and none for each field that cannot be null.
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
