import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Organisation')
export class Organisation {
  @Field(() => ID)
  id: string;
}
