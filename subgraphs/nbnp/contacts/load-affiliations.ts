import { codes, createFactReader, type PartnerContext } from '@hub/shared/policy';
import { loadOne } from '../access/load-related.js';
import { settleMissing, type WithMissing } from '../access/with-missing.js';
import { Organisation } from '../entities/organisation.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';

/** The country of a party and its parent; null if unknown, or if it has no parent. */
export interface Affiliation {
  readonly country: string | null;
  readonly parentId: string | null;
}

interface AffiliationResponse {
  readonly country?: string | null;
  readonly parent?: { readonly id: string } | null;
}

const toAffiliation = ({ country, parent }: AffiliationResponse): Affiliation => ({
  country: country ?? null,
  parentId: parent?.id ?? null,
});

const readOffice = createFactReader<Affiliation>({
  field: 'office',
  selection: '{ country parent { id } }',
  read: toAffiliation,
});

/** For a unit that the network’s directory does not list. */
const readPoliceUnit = createFactReader<Affiliation>({
  field: 'policeUnit',
  selection: '{ country parent { id } }',
  read: toAffiliation,
});

/** For a party of a kind that joined later. */
const readOther = createFactReader<Affiliation>({
  field: 'party',
  selection: '{ country }',
  read: toAffiliation,
});

const unknownAffiliation: Affiliation = { country: null, parentId: null };

async function loadAffiliationOfUnit(id: string, context: PartnerContext): Promise<Affiliation> {
  const entry = await loadOne(PoliceUnit, id, context);
  // A police force has units only in its own country.
  if (entry) return { country: codes.ownerOf(id).toUpperCase(), parentId: entry.superiorId };
  return (await readPoliceUnit(context, id)) ?? unknownAffiliation;
}

/** @throws HubError `PARTNER_…` if its owner is unavailable */
async function loadAffiliation(id: string, context: PartnerContext): Promise<Affiliation> {
  const owner = codes.ownerOf(id);
  if (owner === codes.networkCode)
    return (await loadOne(Organisation, id, context)) ?? unknownAffiliation;
  if (owner === codes.officesCode) return (await readOffice(context, id)) ?? unknownAffiliation;
  if (codes.isPoliceCode(owner)) return loadAffiliationOfUnit(id, context);
  return (await readOther(context, id)) ?? unknownAffiliation;
}

/**
 * The affiliations of parties, by id. If an owner is unavailable, its parties are left out, nothing that
 * depends on them is counted, and an error names the owner.
 */
export async function loadAffiliations(
  ids: readonly string[],
  context: PartnerContext,
): Promise<WithMissing<ReadonlyMap<string, Affiliation>>> {
  const { value, missing } = await settleMissing(ids.map((id) => loadAffiliation(id, context)));
  const affiliations = new Map<string, Affiliation>();
  ids.forEach((id, index) => {
    const affiliation = value[index];
    if (affiliation) affiliations.set(id, affiliation);
  });
  return { value: affiliations, missing };
}

export type Affiliations = ReadonlyMap<string, Affiliation>;
