import { russia } from '@hub/shared/vocabulary';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';

type Confirmations = Pick<
  ItineraryStop,
  'hostCountry' | 'version' | 'hostConfirmedVersion' | 'officeConfirmedVersion'
>;

/** True if the host confirmed the current version of the stop; null if the host did not respond. */
export function isConfirmed(stop: Confirmations): boolean | null {
  const { hostConfirmedVersion, officeConfirmedVersion } = stop;
  const confirmed = stop.hostCountry === russia ? officeConfirmedVersion : hostConfirmedVersion;
  return confirmed == null ? null : confirmed === stop.version;
}
