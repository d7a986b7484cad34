import { CountryCodeScalar } from '@hub/shared/scalars';
import { isPoliceCode, officesCode, ownerOf } from '@hub/shared/vocabulary';
import { Field, ID, InterfaceType } from 'type-graphql';

/** The type of a party, by the owner in its id: an office, a police’s unit, or an organisation of our directory. */
function typeOfParty({ id }: { readonly id: string }): string {
  const owner = ownerOf(id);
  if (owner === officesCode) return 'Office';
  return isPoliceCode(owner) ? 'PoliceUnit' : 'Organisation';
}

@InterfaceType('Party', {
  autoRegisterImplementations: false,
  resolveType: typeOfParty,
  description:
    'A body that can play a role in the network. Each kind of party is owned by another organisation.',
})
export abstract class Party {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true })
  name: string;

  @Field(() => CountryCodeScalar, { nullable: true })
  country: string | null;
}
