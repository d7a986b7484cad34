import { HubError, violateRule } from '@hub/shared/errors';
import { notFound, perform } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { consents } from '@hub/shared/programme';
import type { ItineraryStop } from '../entities/itinerary-stop.reference.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { findOwnUnit } from '../network/find-own-unit.js';
import { checkNotEnded, checkWithinProgramme, type PlannedVisit } from '../visits/check-visit.js';
import type { ConfirmStopInput } from './itinerary-stop.input.js';

interface StopFacts {
  readonly hostCountry: string;
  readonly hostOwner: string;
  readonly version: number;
  readonly status: string;
  readonly visit: PlannedVisit;
}

const factsQuery = `query StopFacts($stop: ID!) {
  itineraryStop(id: $stop) {
    hostCountry
    hostOwner
    version
    status
    visit { cancelledOn returnedOn group { cancelledOn programme { startsOn endsOn } } }
  }
}`;

async function askStop({ askHub }: PartnerContext, stop: string): Promise<StopFacts> {
  const response = await askHub(factsQuery, { stop });
  return (response['itineraryStop'] as StopFacts | null) ?? notFound('input.stop');
}

/**
 * A confirmation is for one version of a stop: the one that the caller has seen, which must be the
 * current one.
 */
function checkStopVersion(currentVersion: number, stopVersion: number): void {
  if (currentVersion !== stopVersion) {
    throw new HubError('CONFLICT', { currentVersion, argument: 'input.stopVersion' });
  }
}

/**
 * Confirms a version of a stop as its host. Another confirmation of the same version corrects a
 * date that the caller has seen.
 * @throws HubError `FORBIDDEN` if this police force may not read the stop; `NOT_FOUND`, `CONFLICT`
 * with the stop’s `currentVersion`, `PARTNER_…`; `RULE_VIOLATED` HOST_COUNTRY, MERGED, CANCELLED, RETURNED,
 * OUTSIDE_PROGRAMME
 */
export const confirmStop = (
  context: PartnerContext,
  input: ConfirmStopInput,
): Promise<ItineraryStop> =>
  perform(context, {
    name: 'confirmStop',
    input,
    ask: () => askStop(context, input.stop),
    async write(manager, { hostCountry, hostOwner, version, status, visit }) {
      const { stop: stopId, on: confirmedOn, stopVersion, recordedOn } = input;
      const { id: unitId } = await findOwnUnit(context, manager, input.unit);
      if (hostOwner !== context.partner)
        violateRule('HOST_COUNTRY', 'input.stop', 'STOP_ELSEWHERE');
      checkStopVersion(version, stopVersion);
      if (status === 'CALLED_OFF') violateRule('CANCELLED', 'input.stop');
      checkNotEnded(visit, 'input.stop');
      checkWithinProgramme(confirmedOn, visit);
      const known = await manager.findOneBy(StopConfirmation, { stopId });
      // The stop may have been moved and confirmed again since the request to the network.
      if (known && known.stopVersion > stopVersion) {
        checkStopVersion(known.stopVersion, stopVersion);
      }
      const confirmation = { stopId, unitId, stopVersion, confirmedOn };
      consents.checkConfirmationSeen(known, confirmation, recordedOn);
      await manager.upsert(StopConfirmation, confirmation, ['stopId']);
      return { id: stopId, hostCountry };
    },
  });
