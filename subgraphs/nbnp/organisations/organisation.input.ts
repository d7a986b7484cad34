import { CountryCodeScalar } from '@hub/shared/graphql';
import { Field, InputType } from 'type-graphql';

@InputType('OrganisationFilter', {
  description: 'Selects organisations. All given conditions must hold.',
})
export class OrganisationFilter {
  @Field(() => CountryCodeScalar, { nullable: true, description: 'The country of its seat.' })
  country?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The kind of body, as `Organisation.kind` has it.',
  })
  kind?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Part of its name, acronym or another name. Case and marks are ignored: `klaipeda` finds Klaipėda.',
  })
  search?: string | null;
}
