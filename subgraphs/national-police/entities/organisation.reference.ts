import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Organisation')
@Access('open')
@MaxAge(maxAges.inherited)
export class Organisation {
  @Field(() => ID)
  id: string;
}
