import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('Contact', { description: 'Two parties and the events that they have in common.' })
export class Contact {
  /** The ids of the two, the smaller first. */
  partyIds: readonly [string, string];

  @Field(() => Int)
  strength: number;
}
