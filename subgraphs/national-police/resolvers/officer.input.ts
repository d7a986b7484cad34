import { CountryCodeScalar, LanguageTagScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';
import { TargetGroup } from '../entities/vocabulary.js';

@InputType('OfficerFilter')
export class OfficerFilter {
  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => ID, { nullable: true })
  unit?: string | null;

  @Field(() => TargetGroup, { nullable: true })
  targetGroup?: TargetGroup | null;

  @Field(() => LanguageTagScalar, { nullable: true })
  language?: string | null;
}
