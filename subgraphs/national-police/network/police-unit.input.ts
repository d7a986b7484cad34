import { CountryCodeScalar, DateScalar } from '@hub/shared/graphql';
import { Field, InputType } from 'type-graphql';

@InputType('PoliceUnitFilter', {
  description: 'Selects units. All given conditions must hold. An unknown date excludes nothing.',
})
export class PoliceUnitFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'Only units of this country, by its ISO code: `EE`.',
  })
  country?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Only units that existed on that day. Unknown dates exclude nothing.',
  })
  on?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Part of its name, acronym or another name. Case and marks are ignored: `parnu` finds Pärnu.',
  })
  search?: string | null;
}
