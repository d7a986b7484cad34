import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';

@InputType('SectorStatisticsFilter', {
  description: 'Selects the visits to count. All given conditions must hold.',
})
export class SectorStatisticsFilter {
  @Field(() => ID, { nullable: true, description: 'Id of the programme.' })
  programme?: string | null;

  @Field(() => [ID], { nullable: true, description: 'At most 1,000.' })
  groups?: string[] | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;
}
