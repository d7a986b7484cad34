import { Field, ID, InputType } from 'type-graphql';

@InputType('SectorStatisticsFilter', {
  description: 'Which visits are counted. Conditions that are given must all hold.',
})
export class SectorStatisticsFilter {
  @Field(() => ID, { nullable: true, description: 'Id of the programme.' })
  programme?: string | null;

  @Field(() => [ID], { nullable: true, description: 'At most 1,000.' })
  groups?: string[] | null;
}
