import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Event', { description: words.Event.about })
@Access('open')
@MaxAge('inherited')
export class Event {
  @Field(() => ID, { description: words.Event.id })
  id: string;
}
