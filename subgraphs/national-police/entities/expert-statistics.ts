import { Access, PeopleCount } from '@hub/shared/policy';
import { CountryCodeScalar, LanguageTagScalar } from '@hub/shared/scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'The experts of one police who speak one language. The languages of the member countries, English and Russian always have a row.',
})
@Access('open')
export class ExpertStatistics {
  @Field(() => ID)
  id: string;

  @Field(() => CountryCodeScalar)
  country: string;

  @Field(() => LanguageTagScalar)
  language: string;

  @Field(() => PeopleCount)
  experts: PeopleCount;
}
