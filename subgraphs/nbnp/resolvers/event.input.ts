import { CountryCodeScalar, PartialDateScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';
import { EventKind } from '../entities/vocabulary.js';

@InputType('EventFilter')
export class EventFilter {
  @Field(() => ID, { nullable: true })
  programme?: string | null;

  @Field(() => EventKind, { nullable: true })
  kind?: EventKind | null;

  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => ID, { nullable: true })
  organiser?: string | null;

  @Field(() => PartialDateScalar, { nullable: true })
  from?: string | null;

  @Field(() => PartialDateScalar, { nullable: true })
  to?: string | null;

  @Field(() => String, { nullable: true })
  search?: string | null;
}
