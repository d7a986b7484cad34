import { codes } from '@hub/shared/policy';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';

type Confirmations = Pick<
  ItineraryStop,
  'hostCountry' | 'planVersion' | 'version' | 'hostConfirmedVersion' | 'officeConfirmedVersion'
>;

/** The version that the host confirmed, 0 for none; null if the host did not respond. */
export function confirmedVersionOf(
  stop: Omit<Confirmations, 'planVersion' | 'version'>,
): number | null {
  const { hostConfirmedVersion, officeConfirmedVersion } = stop;
  return (
    (stop.hostCountry === codes.russia ? officeConfirmedVersion : hostConfirmedVersion) ?? null
  );
}

/**
 * True if the host confirmed the current plan of the stop; null if the host did not respond. A
 * confirmation of a version that the stop does not have, because the network was restored from an
 * older copy, is none.
 */
export function isConfirmed(stop: Confirmations): boolean | null {
  const confirmed = confirmedVersionOf(stop);
  return confirmed === null ? null : confirmed >= stop.planVersion && confirmed <= stop.version;
}
