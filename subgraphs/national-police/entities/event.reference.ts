import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Event')
export class Event {
  @Field(() => ID)
  id: string;
}
