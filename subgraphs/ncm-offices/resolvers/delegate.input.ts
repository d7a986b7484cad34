import { LanguageTagScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';
import { TargetGroup } from '../entities/vocabulary.js';

@InputType()
export class DelegateFilter {
  @Field(() => ID, { nullable: true })
  office?: string | null;

  @Field(() => ID, { nullable: true })
  region?: string | null;

  @Field(() => TargetGroup, { nullable: true })
  targetGroup?: TargetGroup | null;

  @Field(() => LanguageTagScalar, { nullable: true })
  language?: string | null;
}
