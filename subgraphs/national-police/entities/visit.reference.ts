import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The network’s visit, with this police force’s data about it. */
@Directive('@key(fields: "id")')
@ObjectType('Visit', { description: words.Visit.about })
@Access('open')
export class Visit {
  @Field(() => ID, { description: words.Visit.id })
  id: string;
}
