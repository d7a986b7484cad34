import { CountryCodeScalar, EmailAddressScalar, LanguageTagScalar } from '@hub/shared/scalars';
import { TargetGroup } from '@hub/shared/vocabulary';
import { Field, ID, InputType } from 'type-graphql';

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

@InputType('RegisterOfficerInput')
export class RegisterOfficerInput {
  @Field(() => ID)
  unit: string;

  @Field(() => String)
  name: string;

  @Field(() => EmailAddressScalar, { nullable: true })
  email?: string | null;

  @Field(() => String, { nullable: true })
  rank?: string | null;

  @Field(() => TargetGroup)
  targetGroup: TargetGroup;

  @Field(() => [LanguageTagScalar])
  languages: string[];

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}
