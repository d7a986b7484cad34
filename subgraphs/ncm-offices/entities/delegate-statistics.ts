import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { type PeopleColumns, vocabulary } from '@hub/shared/programme';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({ description: 'The delegates of one target group of a country.' })
@Access('open')
export class DelegateStatistics {
  @Field(() => ID, {
    description: 'The target group and country, as an id: unique in the list and not resolvable.',
  })
  id: string;

  @Field(() => CountryCodeScalar, { description: 'The country that sends the delegates: `RU`.' })
  country: string;

  @Field(() => vocabulary.TargetGroup, { description: 'The target group that the row counts.' })
  targetGroup: vocabulary.TargetGroup;

  columns: PeopleColumns;
}
