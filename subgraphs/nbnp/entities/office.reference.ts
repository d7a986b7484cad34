import { CountryCodeScalar } from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Party } from './party.interface.js';

/**
 * An office is the offices’ record. The network knows its events and the groups that it
 * co-ordinates.
 */
@Directive('@key(fields: "id")')
@ObjectType('Office', { implements: Party, description: words.Office.about })
@Access('open')
@MaxAge('reference')
export class Office implements Party {
  @Field(() => ID, { description: words.Office.id })
  id: string;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: words.Office.name })
  name: string;

  @Directive('@external')
  @Field(() => CountryCodeScalar, { nullable: true, description: words.Office.country })
  country: string | null;
}
