import { Access } from '@hub/shared/identity';
import { peopleCounts, vocabulary } from '@hub/shared/programme';
import { Field, ID, Int, ObjectType } from 'type-graphql';

/** The stops of one sector that were held on one visit. */
export interface ShownSector {
  readonly sector: string;
  readonly visitId: string;
  readonly groupId: string;
  /** The day of the first of them. */
  readonly firstDay: string;
  /** PostgreSQL returns counts as strings. */
  readonly stops: number | string;
}

@ObjectType({ description: 'What groups saw of one sector on ended visits.' })
@Access('open')
export class SectorStatistics {
  @Field(() => ID, { description: 'The sector, as an id: unique in the list and not resolvable.' })
  id: string;

  @Field(() => vocabulary.Sector, { description: 'The sector that the row counts.' })
  sector: vocabulary.Sector;

  @Field(() => Int, {
    description: 'The number of stops of this sector that were recorded as held.',
  })
  stops: number;

  @Field(() => Int, { description: 'The visits that had such a stop.' })
  visits: number;

  @Field(() => Int, { description: 'The groups that made those visits.' })
  groups: number;

  shown: readonly ShownSector[];

  /** True if the caller chose which visits are counted. */
  isPicked: boolean;

  @Field(() => peopleCounts.PeopleCount, {
    nullable: true,
    description:
      'The members of those groups, without those who were absent from all of these stops. Null, with a `PARTNER_…` code, while the offices are unavailable: only they know how many delegates they selected.',
  })
  members?: peopleCounts.PeopleCount | null;
}
