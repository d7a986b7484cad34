import { csv } from '@hub/shared/database';
import { codes } from '@hub/shared/policy';
import type { Membership, Network } from '../entities/network.entity.js';
import { deriveOrganisationColumns, type Organisation } from '../entities/organisation.entity.js';
import type { PoliceUnit } from '../entities/police-unit.entity.js';
import type { FactIds } from './fact-ids.js';
import type { Facts } from './fact-tables.js';

/** The network’s own organisation, and so the network. */
const networkOrganisation = 'nbnp';

function parentOf(ids: FactIds, file: string, index: number, parent: string | null): string | null {
  if (parent === null) return null;
  const id = ids.party(parent);
  if (id === undefined)
    throw csv.faultIn(file, index, 'parent_org_id', `“${parent}” is not an organisation`);
  return id;
}

export function readOrganisations({ organisations }: Facts, ids: FactIds): Organisation[] {
  return organisations.map((row, index) => ({
    id: csv.toGlobalId(codes.networkCode, row.org_id),
    name: row.name,
    acronym: row.acronym,
    variants: row.name_variants,
    kind: row.kind,
    country: row.country,
    city: row.city,
    foundedOn: row.founded,
    closedOn: null,
    parentId: parentOf(ids, 'organisations.csv', index, row.parent_org_id),
    roleInField: row.role_in_programme_or_field,
    note: row.notes,
    source: row.source_url,
    checkedOn: null,
    mergedIntoId: null,
    version: 1,
    ...deriveOrganisationColumns(Object.assign({ variants: row.name_variants }, row)),
  }));
}

/** The directory: the parent of each police unit, of any kind. */
export function readPoliceUnits(
  { policeDirectory }: Facts,
  ids: FactIds,
): Pick<PoliceUnit, 'id' | 'superiorId'>[] {
  return policeDirectory.map(({ org_id, country, parent_org_id }, index) => ({
    id: csv.toGlobalId(country.toLowerCase(), org_id),
    superiorId: parentOf(ids, 'police-directory.csv', index, parent_org_id),
  }));
}

/** The network has the name of its organisation and the place of its founding event. */
export function readNetworks({ organisations, events }: Facts): Network[] {
  const founding = events.find(
    ({ kind, organiser_org_ids }) =>
      kind === 'FOUNDING' && organiser_org_ids.includes(networkOrganisation),
  );
  return organisations
    .filter(({ org_id }) => org_id === networkOrganisation)
    .map(({ org_id, name, founded, source_url }) => ({
      id: csv.toGlobalId(codes.networkCode, org_id),
      name,
      foundedOn: founded,
      foundedIn: founding?.city ?? null,
      source: source_url,
    }));
}

/**
 * The contact is the country’s unit of kind `police` if there is exactly one. The start of
 * membership is not documented. The source is the preferred list of members.
 */
export function readMemberships({ members, policeDirectory, claims }: Facts): Membership[] {
  const list = claims.find(
    ({ subject, property, preferred }) =>
      subject === networkOrganisation && property === 'members' && preferred,
  );
  return members.map(({ country }) => {
    const polices = policeDirectory.filter(
      (unit) => unit.country === country && unit.kind === 'police',
    );
    const [only] = polices.length === 1 ? polices : [];
    return {
      country,
      since: null,
      contactId: only ? csv.toGlobalId(country.toLowerCase(), only.org_id) : null,
      source: list?.source_url ?? null,
      checkedOn: null,
      version: 1,
    };
  });
}
