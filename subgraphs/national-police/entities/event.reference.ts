import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Event')
@Access('open')
@MaxAge(maxAges.inherited)
export class Event {
  @Field(() => ID)
  id: string;
}
