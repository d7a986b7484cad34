import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { type PeopleColumns, vocabulary } from '@hub/shared/programme';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The officers of one target group of one police force.' })
@Access('open')
export class OfficerStatistics {
  @Field(() => ID, {
    description:
      'The country and the target group, as an id: unique in the list and not resolvable.',
  })
  id: string;

  @Field(() => CountryCodeScalar, {
    description: 'The country of the police force that sends them.',
  })
  country: string;

  @Field(() => vocabulary.TargetGroup, { description: 'The target group that the row counts.' })
  targetGroup: vocabulary.TargetGroup;

  columns: PeopleColumns;
}
