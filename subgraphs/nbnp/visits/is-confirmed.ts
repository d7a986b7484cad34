import { russia } from '@hub/shared/vocabulary';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';

type Confirmations = Pick<
  ItineraryStop,
  'hostCountry' | 'version' | 'hostConfirmedVersion' | 'officeConfirmedVersion'
>;

/** True when the host confirmed the stop as it now is; null when the host did not answer. */
export function isConfirmed(stop: Confirmations): boolean | null {
  const { hostConfirmedVersion, officeConfirmedVersion } = stop;
  const confirmed = stop.hostCountry === russia ? officeConfirmedVersion : hostConfirmedVersion;
  return confirmed == null ? null : confirmed === stop.version;
}
