import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The network’s group, with this police force’s data about it. */
@Directive('@key(fields: "id")')
@ObjectType('Group', { description: words.Group.about })
@Access('open')
export class Group {
  @Field(() => ID, { description: words.Group.id })
  id: string;
}
