import { CountryCodeScalar, LanguageTagScalar } from '@hub/shared/scalars';
import { Field, InputType } from 'type-graphql';
import { Sector, SupportRole } from '../entities/vocabulary.js';

@InputType('ExpertFilter')
export class ExpertFilter {
  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => SupportRole, { nullable: true })
  role?: SupportRole | null;

  @Field(() => LanguageTagScalar, { nullable: true })
  language?: string | null;

  @Field(() => Sector, { nullable: true })
  field?: Sector | null;
}
