import { createPartyType, isPoliceCode, officesCode, ownerOf } from '@hub/shared/vocabulary';

/**
 * The type of a party, by the owner in its id: an office, a police unit, or an organisation of our
 * directory.
 */
function typeOfParty({ id }: { readonly id: string }): string {
  const owner = ownerOf(id);
  if (owner === officesCode) return 'Office';
  return isPoliceCode(owner) ? 'PoliceUnit' : 'Organisation';
}

export const Party = createPartyType(typeOfParty);
export type Party = InstanceType<typeof Party>;
