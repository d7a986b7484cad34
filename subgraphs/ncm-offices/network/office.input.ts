import { CountryCodeScalar, DateScalar } from '@hub/shared/scalars';
import { Field, InputType } from 'type-graphql';
import { OfficeKind } from '../entities/vocabulary.js';

@InputType({
  description:
    'Which offices. Conditions that are given must all hold; a date that is not known excludes nothing.',
})
export class OfficeFilter {
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'Only offices in this country, by its ISO code: `EE`.',
  })
  country?: string | null;

  @Field(() => OfficeKind, { nullable: true, description: 'What the place is.' })
  kind?: OfficeKind | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Open on that day, as far as the dates are known.',
  })
  openOn?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Part of its name or another name. Case and marks count for nothing: `parnu` finds Pärnu.',
  })
  search?: string | null;
}
