import { codes } from '@hub/shared/policy';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';

type ByHosts = Partial<Pick<ItineraryStop, 'hostConfirmedVersion' | 'officeConfirmedVersion'>>;

type ByNetwork = Pick<
  ItineraryStop,
  'hostOwner' | 'planVersion' | 'version' | 'networkConfirmedVersion'
>;

/** The field with the version that the host confirmed. It belongs to the host. */
export function confirmationOf({ hostOwner }: Pick<ItineraryStop, 'hostOwner'>) {
  if (hostOwner === codes.networkCode) return 'networkConfirmedVersion';
  return hostOwner === codes.officesCode ? 'officeConfirmedVersion' : 'hostConfirmedVersion';
}

/**
 * True if the host confirmed the current plan of the stop; null if the host did not respond. A
 * confirmation of a version that the stop does not have, because the network was restored from an
 * older copy, is none.
 * @param byHosts what the hosts confirmed. @default the stop has it, from its representation
 */
export function isConfirmed(stop: ByHosts & ByNetwork, byHosts: ByHosts = stop): boolean | null {
  const field = confirmationOf(stop);
  const confirmed = (field === 'networkConfirmedVersion' ? stop[field] : byHosts[field]) ?? null;
  return confirmed === null ? null : confirmed >= stop.planVersion && confirmed <= stop.version;
}
