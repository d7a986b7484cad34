import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The network’s visit: what this police knows about it. */
@Directive('@key(fields: "id")')
@ObjectType('Visit')
export class Visit {
  @Field(() => ID)
  id: string;
}
