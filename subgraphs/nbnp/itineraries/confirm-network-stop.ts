import { HubError, violateRule } from '@hub/shared/errors';
import { findForChange, perform } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { consents } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import { Organisation } from '../entities/organisation.entity.js';
import { StopStatus } from '../entities/vocabulary.js';
import { checkInProgramme } from '../groups/group-for-change.js';
import { checkNotReturned, findVisitForChange } from '../visits/visit-for-change.js';
import type { ConfirmNetworkStopInput } from './itinerary-stop.input.js';

const argument = 'input.stop';
const byOrganisation = 'input.organisation';

/**
 * Confirms one version of a stop in a country for which no partner answers. Another confirmation of
 * the same version corrects a date that the caller has seen.
 * @throws HubError `NOT_FOUND`, `CONFLICT` with the stop’s `currentVersion`; `RULE_VIOLATED`
 * HOST_COUNTRY, MERGED, CANCELLED, RETURNED, OUTSIDE_PROGRAMME
 */
export const confirmNetworkStop = (
  context: PartnerContext,
  input: ConfirmNetworkStopInput,
): Promise<ItineraryStop> =>
  perform<ItineraryStop>(context, {
    name: 'confirmNetworkStop',
    input,
    async write(manager) {
      const { stop: id, organisation, on: confirmedOn, stopVersion } = input;
      const stop = await findForChange(manager, ItineraryStop, id, argument);
      const change = await findVisitForChange(manager, stop.visitId, argument);
      if (organisation != null) {
        const named = await findForChange(manager, Organisation, organisation, byOrganisation);
        if (named.mergedIntoId !== null) violateRule('MERGED', byOrganisation);
      }
      if (stop.hostOwner !== codes.networkCode)
        violateRule('HOST_COUNTRY', argument, 'STOP_ELSEWHERE');
      if (stop.version !== stopVersion)
        throw new HubError('CONFLICT', {
          currentVersion: stop.version,
          argument: 'input.stopVersion',
        });
      if (stop.status === StopStatus.CALLED_OFF) violateRule('CANCELLED', argument);
      checkNotReturned(change, argument);
      checkInProgramme(confirmedOn, change.programme);
      return writeConfirmation(manager, stop, input);
    },
  });

/** @throws HubError `CONFLICT` if another day or organisation is recorded than the caller has seen */
async function writeConfirmation(
  manager: EntityManager,
  stop: ItineraryStop,
  { on, organisation = null, stopVersion, recordedOn }: ConfirmNetworkStopInput,
): Promise<ItineraryStop> {
  const known = {
    stopVersion: stop.networkConfirmedVersion,
    confirmedOn: stop.networkConfirmedOn ?? '',
    organisation: stop.confirmingOrganisationId,
  };
  const given = { stopVersion, confirmedOn: on, organisation };
  consents.checkConfirmationSeen(known, given, recordedOn);
  const confirmation = {
    networkConfirmedVersion: stopVersion,
    networkConfirmedOn: on,
    confirmingOrganisationId: organisation,
  };
  await manager.update(ItineraryStop, { id: stop.id }, confirmation);
  return Object.assign(stop, confirmation);
}
