import { Field, ID, InputType } from 'type-graphql';

@InputType('DelegateStatisticsFilter', {
  description: 'Which delegates are counted. Conditions that are given must all hold.',
})
export class DelegateStatisticsFilter {
  @Field(() => ID, { nullable: true, description: 'Id of the office that registered them.' })
  office?: string | null;

  @Field(() => ID, { nullable: true, description: 'Code of a region.' })
  region?: string | null;

  @Field(() => [ID], { nullable: true, description: 'At most 1,000.' })
  groups?: string[] | null;
}
