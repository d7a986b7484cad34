import type { PeopleCount } from '@hub/shared/policy';
import { Access } from '@hub/shared/policy';
import { CountryCodeScalar } from '@hub/shared/scalars';
import { TargetGroup } from '@hub/shared/vocabulary';
import { Field, ID, ObjectType } from 'type-graphql';

/** How many of one target group, counted when it is asked for. */
type CountOf = (targetGroup: TargetGroup) => Promise<PeopleCount>;

/** The columns that the rows of one answer share. */
export interface OfficerColumns {
  readonly nominated: CountOf;
  readonly members: CountOf;
  readonly reportsReceived: CountOf;
  readonly reportsExpected: CountOf;
}

@ObjectType({ description: 'The officers of one target group of one police.' })
@Access('open')
export class OfficerStatistics {
  @Field(() => ID, {
    description:
      'The country and the target group, as an id: unique in the list and not resolvable.',
  })
  id: string;

  @Field(() => CountryCodeScalar, { description: 'The country of the police that sends them.' })
  country: string;

  @Field(() => TargetGroup, { description: 'The target group that the row counts.' })
  targetGroup: TargetGroup;

  columns: OfficerColumns;
}
