import type { PartnerContext } from '@hub/shared/context';
import { createFactReader } from '@hub/shared/policy';
import { isPoliceCode, networkCode, officesCode, ownerOf } from '@hub/shared/vocabulary';
import { loadOne } from '../access/load-related.js';
import { Organisation } from '../entities/organisation.entity.js';
import { PoliceUnit } from '../entities/police-unit.entity.js';
import { settleMissing, type WithMissing } from './with-missing.js';

/** The country of a party and its parent; null if unknown, or if it has no parent. */
export interface Place {
  readonly country: string | null;
  readonly parentId: string | null;
}

interface PlaceResponse {
  readonly country?: string | null;
  readonly parent?: { readonly id: string } | null;
}

const toPlace = ({ country, parent }: PlaceResponse): Place => ({
  country: country ?? null,
  parentId: parent?.id ?? null,
});

const readOffice = createFactReader<Place>({
  field: 'office',
  selection: '{ country parent { id } }',
  read: toPlace,
});

/** For a unit that the network’s directory does not list. */
const readPoliceUnit = createFactReader<Place>({
  field: 'policeUnit',
  selection: '{ country parent { id } }',
  read: toPlace,
});

const unknownPlace: Place = { country: null, parentId: null };

async function loadPlaceOfUnit(id: string, context: PartnerContext): Promise<Place> {
  const entry = await loadOne(PoliceUnit, id, context);
  // A police force has units only in its own country.
  if (entry) return { country: ownerOf(id).toUpperCase(), parentId: entry.superiorId };
  return (await readPoliceUnit(context, id)) ?? unknownPlace;
}

/** @throws HubError `PARTNER_…` if its owner is unavailable */
async function loadPlace(id: string, context: PartnerContext): Promise<Place> {
  const owner = ownerOf(id);
  if (owner === networkCode) return (await loadOne(Organisation, id, context)) ?? unknownPlace;
  if (owner === officesCode) return (await readOffice(context, id)) ?? unknownPlace;
  return isPoliceCode(owner) ? loadPlaceOfUnit(id, context) : unknownPlace;
}

/**
 * The places of parties, by id. If an owner is unavailable, its parties are left out, nothing that
 * depends on them is counted, and an error names the owner.
 */
export async function loadPlaces(
  ids: readonly string[],
  context: PartnerContext,
): Promise<WithMissing<ReadonlyMap<string, Place>>> {
  const { value, missing } = await settleMissing(ids.map((id) => loadPlace(id, context)));
  const places = new Map<string, Place>();
  ids.forEach((id, index) => {
    const place = value[index];
    if (place) places.set(id, place);
  });
  return { value: places, missing };
}

export type Places = ReadonlyMap<string, Place>;
