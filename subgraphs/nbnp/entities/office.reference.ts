import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { CountryCodeScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Party } from './party.interface.js';

/** The offices’ record: what the network knows about it are its events and the groups that it co-ordinates. */
@Directive('@key(fields: "id")')
@ObjectType('Office', { implements: Party })
@Access('open')
@MaxAge(maxAges.reference)
export class Office implements Party {
  @Field(() => ID)
  id: string;

  @Directive('@external')
  @Field(() => String, { nullable: true })
  name: string;

  @Directive('@external')
  @Field(() => CountryCodeScalar, { nullable: true })
  country: string | null;
}
