import type { PartnerContext } from '@hub/shared/context';
import { isOwnStaff, mayReadItinerary, readVisitFacts } from '@hub/shared/policy';
import type { Hosting } from '../entities/hosting.entity.js';

export const decideItinerary = (context: PartnerContext, visitId: string): Promise<boolean> =>
  mayReadItinerary(context, () => readVisitFacts(context, visitId));

/**
 * What a police offers is its own data: its people read it, also where that is all that they may know of a visit. To all
 * others it is a part of the itinerary.
 */
export const mayReadHosting = (
  context: PartnerContext,
  { visitId }: Hosting,
): boolean | Promise<boolean> => isOwnStaff(context) || decideItinerary(context, visitId);
