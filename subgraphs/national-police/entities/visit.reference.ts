import { Access } from '@hub/shared/policy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The network’s visit: what this police knows about it. */
@Directive('@key(fields: "id")')
@ObjectType('Visit')
@Access('open')
export class Visit {
  @Field(() => ID)
  id: string;
}
