import { Access } from '@hub/shared/policy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The network’s group: what this police knows about it. */
@Directive('@key(fields: "id")')
@ObjectType('Group')
@Access('open')
export class Group {
  @Field(() => ID)
  id: string;
}
