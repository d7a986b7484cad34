import { CountryCodeScalar } from '@hub/shared/scalars';
import { isPoliceCode, officesCode, ownerOf, words } from '@hub/shared/vocabulary';
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
  description: words.Party.about,
})
export abstract class Party {
  @Field(() => ID, { description: words.Party.id })
  id: string;

  @Field(() => String, { nullable: true, description: words.Party.name })
  name: string;

  @Field(() => CountryCodeScalar, { nullable: true, description: words.Party.country })
  country: string | null;
}
