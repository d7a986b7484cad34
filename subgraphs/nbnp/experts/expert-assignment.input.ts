import { LanguageTagScalar } from '@hub/shared/scalars';
import { SupportRole } from '@hub/shared/vocabulary';
import { Field, ID, InputType } from 'type-graphql';

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
