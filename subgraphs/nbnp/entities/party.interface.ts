import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/**
 * The type of a party, by the owner in its id: an office, a police unit, an organisation of our
 * directory, or what another kind of partner owns.
 */
function typeOfParty({ id }: { readonly id: string }): string {
  const owner = codes.ownerOf(id);
  if (owner === codes.officesCode) return 'Office';
  if (owner === codes.networkCode) return 'Organisation';
  return codes.isPoliceCode(owner) ? 'PoliceUnit' : 'OtherParty';
}

export const Party = vocabulary.createPartyType(typeOfParty);
export type Party = InstanceType<typeof Party>;

/** What a partner of a kind that joined later owns. The hub shows the owner’s own type in its place. */
@Directive('@key(fields: "id")')
@ObjectType('OtherParty', {
  implements: Party,
  description:
    'A party of a kind that joined later. In the graph, its owner’s own type is in its place.',
})
@Access('open')
@MaxAge('reference')
export class OtherParty implements Party {
  @Field(() => ID, { description: words.Party.id })
  id: string;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: words.Party.name })
  name: string;

  @Directive('@external')
  @Field(() => CountryCodeScalar, { nullable: true, description: words.Party.country })
  country: string | null;
}
