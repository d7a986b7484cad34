import { CountryCodeScalar, DateScalar } from '@hub/shared/scalars';
import { Field, InputType } from 'type-graphql';

@InputType('PoliceUnitFilter', {
  description:
    'Which units. Conditions that are given must all hold; a date that is not known excludes nothing.',
})
export class PoliceUnitFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'Only units of this country, by its ISO code: `EE`.',
  })
  country?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Existing on that day, as far as the dates are known.',
  })
  on?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Part of its name, acronym or another name. Case and marks count for nothing: `parnu` finds Pärnu.',
  })
  search?: string | null;
}
