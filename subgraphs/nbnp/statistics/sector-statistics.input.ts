import { Field, ID, InputType } from 'type-graphql';

@InputType('SectorStatisticsFilter')
export class SectorStatisticsFilter {
  @Field(() => ID, { nullable: true })
  programme?: string | null;

  @Field(() => [ID], { nullable: true, description: 'At most 1,000.' })
  groups?: string[] | null;
}
