import { csv } from '@hub/shared/database';
import { codes } from '@hub/shared/policy';
import type { Facts } from './fact-tables.js';

const officePrefix = 'ncm-';

/**
 * Finds the global ids of records that the files name, by owner. Undefined if no file has the
 * record.
 */
export interface FactIds {
  party(localId: string): string | undefined;
  event(localId: string): string | undefined;
  programme(localId: string): string | undefined;
  /** An organisation of the network’s directory. */
  organisation(localId: string): string | undefined;
  /** An organisation, an event or a programme of the network’s own. */
  own(localId: string): string | undefined;
  /** A police unit by the exact name that a source uses; null if none has it. */
  unitNamed(name: string | null): string | null;
}

/** Police units belong to their country, offices to `ncm`, everything else to the network. */
export function createFactIds({
  organisations,
  policeDirectory,
  events,
  programmes,
}: Facts): FactIds {
  const toOwn = (localId: string): [string, string] => [
    localId,
    csv.toGlobalId(codes.networkCode, localId),
  ];
  const ownParties = new Map(organisations.map(({ org_id }) => toOwn(org_id)));
  const units = new Map(
    policeDirectory.map(({ org_id, country }) => [
      org_id,
      csv.toGlobalId(country.toLowerCase(), org_id),
    ]),
  );
  const ownEvents = new Map(events.map(({ event_id }) => toOwn(event_id)));
  const ownProgrammes = new Map(programmes.map(({ programme_id }) => toOwn(programme_id)));
  const unitsByName = new Map(policeDirectory.map(({ name, org_id }) => [name, org_id]));
  const office = (localId: string) =>
    localId.startsWith(officePrefix) ? csv.toGlobalId(codes.officesCode, localId) : undefined;
  return {
    party: (localId) => ownParties.get(localId) ?? units.get(localId) ?? office(localId),
    event: (localId) => ownEvents.get(localId),
    programme: (localId) => ownProgrammes.get(localId),
    organisation: (localId) => ownParties.get(localId),
    own: (localId) =>
      ownParties.get(localId) ?? ownEvents.get(localId) ?? ownProgrammes.get(localId),
    unitNamed(name) {
      const unit = name === null ? undefined : unitsByName.get(name);
      return unit === undefined ? null : (units.get(unit) ?? null);
    },
  };
}
