import { CountryCodeScalar } from '@hub/shared/scalars';
import { Field, InputType } from 'type-graphql';
import { Sector } from '../entities/vocabulary.js';

@InputType('NationalSiteFilter')
export class NationalSiteFilter {
  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => Sector, { nullable: true })
  sector?: Sector | null;

  @Field(() => String, { nullable: true })
  search?: string | null;
}
