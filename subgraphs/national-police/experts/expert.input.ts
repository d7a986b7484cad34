import { CountryCodeScalar, EmailAddressScalar, LanguageTagScalar } from '@hub/shared/scalars';
import { Sector, SupportRole } from '@hub/shared/vocabulary';
import { Field, ID, InputType } from 'type-graphql';

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

@InputType('RegisterExpertInput')
export class RegisterExpertInput {
  @Field(() => ID)
  unit: string;

  @Field(() => String)
  name: string;

  @Field(() => EmailAddressScalar, { nullable: true })
  email?: string | null;

  @Field(() => [SupportRole])
  roles: SupportRole[];

  @Field(() => [LanguageTagScalar])
  languages: string[];

  @Field(() => [Sector])
  fields: Sector[];

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}
