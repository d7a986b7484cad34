import { LanguageTagScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';
import { SupportRole } from '../entities/vocabulary.js';

@InputType('AssignExpertInput')
export class AssignExpertInput {
  @Field(() => ID)
  visit: string;

  @Field(() => ID)
  expert: string;

  @Field(() => SupportRole)
  role: SupportRole;

  @Field(() => [LanguageTagScalar])
  languages: string[];

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType('ReleaseExpertInput')
export class ReleaseExpertInput {
  @Field(() => ID)
  assignment: string;
}
