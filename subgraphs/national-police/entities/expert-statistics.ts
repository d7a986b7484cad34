import { CountryCodeScalar, LanguageTagScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { peopleCounts } from '@hub/shared/programme';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'The experts of one police force who speak one language. The languages of the member countries, English and Russian always have a row.',
})
@Access('open')
export class ExpertStatistics {
  @Field(() => ID, {
    description: 'The country and the language, as an id: unique in the list and not resolvable.',
  })
  id: string;

  @Field(() => CountryCodeScalar, {
    description: 'The country of the police force that offers them.',
  })
  country: string;

  @Field(() => LanguageTagScalar, { description: 'The language that the row counts.' })
  language: string;

  @Field(() => peopleCounts.PeopleCount, { description: 'How many experts speak it.' })
  experts: peopleCounts.PeopleCount;
}
