import { Access } from '@hub/shared/policy';
import { CountryCodeScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The network’s stop of an itinerary: whether this police, as its host, has agreed to it. */
@Directive('@key(fields: "id")')
@ObjectType('ItineraryStop', {
  description:
    '`hostConfirmedVersion`: the version of the stop that the host confirmed, 0 when it confirmed none.',
})
@Access('open')
export class ItineraryStop {
  @Field(() => ID)
  id: string;

  @Directive('@external')
  @Field(() => CountryCodeScalar)
  hostCountry: string;
}
