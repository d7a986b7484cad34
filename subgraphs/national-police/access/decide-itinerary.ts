import { type PartnerContext, readers } from '@hub/shared/policy';
import { itineraries } from '@hub/shared/programme';
import type { Hosting } from '../entities/hosting.entity.js';

export const decideItinerary = (context: PartnerContext, visitId: string): Promise<boolean> =>
  itineraries.mayReadItinerary(context, () => itineraries.readVisitFacts(context, visitId));

/**
 * A police force’s offer is its own data. Its people may read the offer even if they may read
 * nothing else of the visit. For all others it is part of the itinerary.
 */
export const mayReadHosting = (
  context: PartnerContext,
  { visitId }: Hosting,
): boolean | Promise<boolean> => readers.isOwnStaff(context) || decideItinerary(context, visitId);
