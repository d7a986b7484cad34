import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Organisation', { description: words.Organisation.about })
@Access('open')
@MaxAge('inherited')
export class Organisation {
  @Field(() => ID, { description: words.Organisation.id })
  id: string;
}
