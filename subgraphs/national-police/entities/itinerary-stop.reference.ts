import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The network’s stop of an itinerary, with this police force’s confirmation as its host. */
@Directive('@key(fields: "id")')
@ObjectType('ItineraryStop', {
  description: words.ItineraryStop.about,
})
@Access('open')
export class ItineraryStop {
  @Field(() => ID, { description: words.Visit.id })
  id: string;

  @Directive('@external')
  @Field(() => CountryCodeScalar, { description: words.ItineraryStop.hostCountry })
  hostCountry: string;
}
