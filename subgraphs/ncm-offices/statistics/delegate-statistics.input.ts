import { CountryCodeScalar } from '@hub/shared/graphql';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType('DelegateStatisticsFilter', {
  description: 'Selects the delegates to count. All given conditions must hold.',
})
export class DelegateStatisticsFilter {
  @Field(() => ID, { nullable: true, description: 'Id of the office that registered them.' })
  office?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country that sends them: `LV`.',
  })
  country?: string | null;

  @Field(() => ID, { nullable: true, description: 'Code of a region.' })
  region?: string | null;

  @Field(() => [ID], { nullable: true, description: 'At most 1,000.' })
  groups?: string[] | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;
}
