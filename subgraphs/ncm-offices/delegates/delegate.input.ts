import { EmailAddressScalar, LanguageTagScalar } from '@hub/shared/scalars';
import { TargetGroup } from '@hub/shared/vocabulary';
import { Field, ID, InputType } from 'type-graphql';

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

@InputType()
export class RegisterDelegateInput {
  @Field(() => ID)
  office: string;

  @Field(() => String)
  name: string;

  @Field(() => EmailAddressScalar, { nullable: true })
  email?: string | null;

  @Field(() => TargetGroup)
  targetGroup: TargetGroup;

  @Field(() => ID)
  region: string;

  @Field(() => String, { nullable: true })
  employer?: string | null;

  @Field(() => [LanguageTagScalar])
  languages: string[];

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}
