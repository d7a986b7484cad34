import { Field, ID, InputType } from 'type-graphql';

@InputType('DelegateStatisticsFilter')
export class DelegateStatisticsFilter {
  @Field(() => ID, { nullable: true })
  office?: string | null;

  @Field(() => ID, { nullable: true, description: 'Code of a region.' })
  region?: string | null;

  @Field(() => [ID], { nullable: true, description: 'At most 1,000.' })
  groups?: string[] | null;
}
