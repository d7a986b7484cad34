import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('Contact', { description: 'Two parties and the events that they have in common.' })
@Access('open')
@MaxAge(maxAges.record)
export class Contact {
  /** The ids of the two, the smaller first. */
  partyIds: readonly [string, string];

  @Field(() => Int, { description: 'In how many events both took part.' })
  strength: number;
}
