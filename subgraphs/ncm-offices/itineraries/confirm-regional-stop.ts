import { HubError, violateRule } from '@hub/shared/errors';
import type { dates } from '@hub/shared/graphql';
import { checkNotInvented, notFound, perform, type Rehearsable } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { consents, sides } from '@hub/shared/programme';
import type { ItineraryStop } from '../entities/references.js';
import { StopConfirmation } from '../entities/stop-confirmation.entity.js';
import { checkNotCancelled, checkWithin } from '../groups/group-rules.js';
import { findOffice } from '../network/find-office.js';
import { checkOfficeHosts, checkOfficeOpen } from '../network/office-rules.js';
import type { ConfirmRegionalStopInput } from './itinerary-stop.input.js';

interface PlannedStop extends Rehearsable {
  readonly day: string;
  readonly hostCountry: string;
  readonly hostOwner: string;
  readonly version: number;
  readonly status?: string;
  readonly visit: {
    readonly cancelledOn: string | null;
    readonly returnedOn: string | null;
    readonly group: sides.SidesResponse & {
      readonly cancelledOn: string | null;
      readonly programme: dates.Span;
    };
  };
}

async function askStop({ askHub }: PartnerContext, id: string): Promise<PlannedStop> {
  const { itineraryStop } = await askHub(
    `query StopForChange($id: ID!) { itineraryStop(id: $id) {
      isRehearsal day hostCountry hostOwner version status visit { cancelledOn returnedOn group { ${sides.selection} cancelledOn programme { startsOn endsOn } } }
    } }`,
    { id },
  );
  return (itineraryStop as PlannedStop | null) ?? notFound('input.stop');
}

/**
 * A confirmation is for the current version of the stop, and never replaces one for a later
 * version.
 */
function checkStopVersion(
  known: StopConfirmation | null,
  { stopVersion }: ConfirmRegionalStopInput,
  { version }: PlannedStop,
): void {
  const currentVersion = Math.max(version, known?.stopVersion ?? 0);
  if (currentVersion !== stopVersion) {
    throw new HubError('CONFLICT', { currentVersion, argument: 'input.stopVersion' });
  }
}

/**
 * Confirms one version of a stop that the offices host. A stop of a visit in which the offices have
 * no part is treated as unknown.
 * @throws HubError `RULE_VIOLATED` with `HOST_COUNTRY`, `MERGED`, `CLOSED`, `REHEARSAL`, `CANCELLED`, `RETURNED` or
 * `OUTSIDE_PROGRAMME`; `CONFLICT` with the stop's version, `NOT_FOUND`, `FORBIDDEN`, `PARTNER_…`
 */
export function confirmRegionalStop(
  context: PartnerContext,
  input: ConfirmRegionalStopInput,
): Promise<ItineraryStop> {
  return perform(context, {
    name: 'confirmRegionalStop',
    input,
    ask: () => askStop(context, input.stop),
    async write(manager, stop) {
      const office = await findOffice(manager, input.office, 'input.office');
      const hosted = { group: sides.read(stop.visit.group), countries: [stop.hostCountry] };
      await checkOfficeHosts(manager, office, hosted, 'input.office');
      const known = await manager.findOneBy(StopConfirmation, { stopId: input.stop });
      checkStopVersion(known, input, stop);
      if (stop.hostOwner !== codes.officesCode)
        violateRule('HOST_COUNTRY', 'input.stop', 'STOP_ELSEWHERE');
      const { cancelledOn, returnedOn, group } = stop.visit;
      if (stop.status === 'CALLED_OFF' || cancelledOn !== null)
        violateRule('CANCELLED', 'input.stop');
      checkOfficeOpen(office, [input.on, stop.day], 'input.office');
      checkNotInvented(office, stop, 'input.office');
      checkNotCancelled(group, 'input.stop');
      if (returnedOn !== null) violateRule('RETURNED', 'input.stop');
      checkWithin(input.on, group.programme);
      const confirmation = {
        stopId: input.stop,
        officeId: office.id,
        confirmedOn: input.on,
        stopVersion: input.stopVersion,
      };
      consents.checkConfirmationSeen(known, confirmation, input.recordedOn);
      await manager.upsert(StopConfirmation, confirmation, ['stopId']);
      return { id: input.stop };
    },
  });
}
