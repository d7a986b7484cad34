import { HubError, violateRule } from '@hub/shared/errors';
import type { PartnerContext } from '@hub/shared/policy';
import { In, type EntityManager } from 'typeorm';
import { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { Visit } from '../entities/visit.entity.js';
import { countedStatuses } from '../entities/vocabulary.js';
import { confirmationOf, isConfirmed } from './is-confirmed.js';

type StopResponse = Pick<
  ItineraryStop,
  | 'id'
  | 'status'
  | 'version'
  | 'hostOwner'
  | 'networkConfirmedVersion'
  | 'hostConfirmedVersion'
  | 'officeConfirmedVersion'
>;

/** The stops that count: neither called off nor not held. */
export const findCountedStops = (
  manager: EntityManager,
  visitId: string,
): Promise<ItineraryStop[]> =>
  manager.findBy(ItineraryStop, { visitId, status: In([...countedStatuses]) });

/** Who confirms which stops. Organisations that host no stop get no request. */
const confirmationsOf = (stops: readonly ItineraryStop[]): string =>
  [...new Set(stops.map(confirmationOf))].toSorted().join(' ');

/**
 * Asks the hosts of a visit’s stops whether they confirmed the current version of each stop.
 * @returns the confirmed versions by stop
 * @throws HubError `PARTNER_…`; `RULE_VIOLATED` UNCONFIRMED_STOP
 */
export async function askConfirmedStops(
  { source, askHub }: Pick<PartnerContext, 'source' | 'askHub'>,
  { id }: Visit,
): Promise<ReadonlyMap<string, number>> {
  const own = await findCountedStops(source.manager, id);
  if (own.length === 0) return new Map();
  const { visit } = await askHub(
    `query StopsToConfirm($id: ID!) {
      visit(id: $id) { stops { id status version hostOwner ${confirmationsOf(own)} } } }`,
    { id },
  );
  const { stops } = (visit ?? {}) as { readonly stops?: readonly StopResponse[] | null };
  if (!stops) throw new HubError('PARTNER_UNAVAILABLE', { partner: 'hub' });
  const planVersions = new Map(own.map((stop) => [stop.id, stop.planVersion]));
  const counted = stops.filter(({ status }) => countedStatuses.includes(status));
  for (const stop of counted) {
    const planVersion = planVersions.get(stop.id) ?? stop.version;
    const confirmed = isConfirmed({ ...stop, planVersion });
    if (confirmed === false) violateRule('UNCONFIRMED_STOP', 'input.id');
    if (confirmed === null) {
      throw new HubError('PARTNER_UNAVAILABLE', { partner: stop.hostOwner });
    }
  }
  return new Map(counted.map(({ id: stop, version }) => [stop, version]));
}

/**
 * Refuses if a stop was added, changed, called off or removed since its host was asked.
 * @throws HubError `CONFLICT` with the visit’s `currentVersion`
 */
export async function checkStopsUnchanged(
  manager: EntityManager,
  visit: Visit,
  confirmed: ReadonlyMap<string, number>,
): Promise<void> {
  const stops = await findCountedStops(manager, visit.id);
  const isUnchanged =
    stops.length === confirmed.size &&
    stops.every(({ id, version }) => confirmed.get(id) === version);
  if (isUnchanged) return;
  throw new HubError('CONFLICT', {
    currentVersion: visit.version,
    argument: 'input.id',
    message: 'A stop of the visit changed in the meantime. Check its itinerary and try again.',
  });
}
