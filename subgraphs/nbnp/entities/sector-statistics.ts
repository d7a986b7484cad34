import { Access, PeopleCount } from '@hub/shared/policy';
import { Sector } from '@hub/shared/vocabulary';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What groups were shown of one sector, on visits that have ended.' })
@Access('open')
export class SectorStatistics {
  @Field(() => ID, { description: 'The sector, as an id: unique in the list and not resolvable.' })
  id: string;

  @Field(() => Sector, { description: 'The sector that the row counts.' })
  sector: Sector;

  @Field(() => Int, { description: 'How many stops of it the visits had.' })
  stops: number;

  @Field(() => Int, { description: 'The visits that had a stop of this sector.' })
  visits: number;

  @Field(() => Int, { description: 'The groups that made those visits.' })
  groups: number;

  groupIds: readonly string[];

  @Field(() => PeopleCount, {
    nullable: true,
    description:
      'The members of those groups. Null, with the `PARTNER_…` code, where the offices did not say how many delegates they selected.',
  })
  members?: PeopleCount | null;
}
