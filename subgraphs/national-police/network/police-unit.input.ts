import { CountryCodeScalar, DateScalar } from '@hub/shared/scalars';
import { Field, InputType } from 'type-graphql';

@InputType('PoliceUnitFilter')
export class PoliceUnitFilter {
  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Existing on that day, as far as the dates are known.',
  })
  on?: string | null;

  @Field(() => String, { nullable: true })
  search?: string | null;
}
