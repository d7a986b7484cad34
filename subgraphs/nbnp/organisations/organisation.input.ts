import { CountryCodeScalar } from '@hub/shared/scalars';
import { Field, InputType } from 'type-graphql';

@InputType('OrganisationFilter')
export class OrganisationFilter {
  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => String, { nullable: true })
  kind?: string | null;

  @Field(() => String, { nullable: true })
  search?: string | null;
}
