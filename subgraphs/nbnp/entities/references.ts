import { Access } from '@hub/shared/policy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A region of North-West Russia: the offices’ record. */
@Directive('@key(fields: "code", resolvable: false)')
@ObjectType('Region')
@Access('open')
export class Region {
  @Field(() => ID)
  code: string;
}

/** A police’s record. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Expert')
@Access('people')
export class Expert {
  @Field(() => ID)
  id: string;
}

/** A police’s offer to host a visit: the police’s record. */
@Directive('@key(fields: "id")')
@ObjectType('Hosting')
@Access('open')
export class Hosting {
  @Field(() => ID)
  id: string;

  @Directive('@external')
  @Field(() => ID)
  visitId: string;
}
