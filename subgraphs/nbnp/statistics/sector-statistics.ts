import { Access, PeopleCount } from '@hub/shared/policy';
import { Sector } from '@hub/shared/vocabulary';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What groups saw of one sector on ended visits.' })
@Access('open')
export class SectorStatistics {
  @Field(() => ID, { description: 'The sector, as an id: unique in the list and not resolvable.' })
  id: string;

  @Field(() => Sector, { description: 'The sector that the row counts.' })
  sector: Sector;

  @Field(() => Int, { description: 'The number of stops of this sector.' })
  stops: number;

  @Field(() => Int, { description: 'The visits that had a stop of this sector.' })
  visits: number;

  @Field(() => Int, { description: 'The groups that made those visits.' })
  groups: number;

  groupIds: readonly string[];

  @Field(() => PeopleCount, {
    nullable: true,
    description:
      'The members of those groups. Null, with a `PARTNER_…` code, while the offices are unavailable: only they know how many delegates they selected.',
  })
  members?: PeopleCount | null;
}
