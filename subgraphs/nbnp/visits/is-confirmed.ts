import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { officeCountry } from '../entities/vocabulary.js';

type Confirmations = Pick<
  ItineraryStop,
  'hostCountry' | 'version' | 'hostConfirmedVersion' | 'officeConfirmedVersion'
>;

/** True when the host confirmed the stop as it now is; null when the host did not answer. */
export function isConfirmed(stop: Confirmations): boolean | null {
  const { hostConfirmedVersion, officeConfirmedVersion } = stop;
  const confirmed =
    stop.hostCountry === officeCountry ? officeConfirmedVersion : hostConfirmedVersion;
  return confirmed == null ? null : confirmed === stop.version;
}
