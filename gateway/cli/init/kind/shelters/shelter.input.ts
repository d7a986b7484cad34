import { CountryCodeScalar } from '@hub/shared/graphql';
import { Field, InputType } from 'type-graphql';

@InputType({ description: 'All given conditions must hold.' })
export class ShelterFilter {
  @Field(() => CountryCodeScalar, { nullable: true, description: 'A country.' })
  country?: string | null;
}
