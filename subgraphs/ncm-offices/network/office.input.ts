import { CountryCodeScalar, DateScalar } from '@hub/shared/scalars';
import { Field, InputType } from 'type-graphql';
import { OfficeKind } from '../entities/vocabulary.js';

@InputType()
export class OfficeFilter {
  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => OfficeKind, { nullable: true })
  kind?: OfficeKind | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Open on that day, as far as the dates are known.',
  })
  openOn?: string | null;

  @Field(() => String, { nullable: true })
  search?: string | null;
}
