import { Access } from '@hub/shared/policy';
import { CountryCodeScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The network’s stop of an itinerary: whether this police, as its host, has agreed to it. */
@Directive('@key(fields: "id")')
@ObjectType('ItineraryStop', {
  description: words.ItineraryStop.about,
})
@Access('open')
export class ItineraryStop {
  @Field(() => ID, { description: words.ItineraryStop.id })
  id: string;

  @Directive('@external')
  @Field(() => CountryCodeScalar, { description: words.ItineraryStop.hostCountry })
  hostCountry: string;
}
