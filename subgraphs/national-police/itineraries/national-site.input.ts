import { CountryCodeScalar } from '@hub/shared/scalars';
import { Sector } from '@hub/shared/vocabulary';
import { Field, InputType } from 'type-graphql';

@InputType('NationalSiteFilter')
export class NationalSiteFilter {
  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => Sector, { nullable: true })
  sector?: Sector | null;

  @Field(() => String, { nullable: true })
  search?: string | null;
}
