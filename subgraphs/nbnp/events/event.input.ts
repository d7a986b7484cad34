import { CountryCodeScalar, PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
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

@InputType('RecordEventInput')
export class RecordEventInput {
  @Field(() => String)
  title: string;

  @Field(() => EventKind)
  kind: EventKind;

  @Field(() => PartialDateScalar, { nullable: true })
  startsOn?: string | null;

  @Field(() => PartialDateScalar, { nullable: true })
  endsOn?: string | null;

  @Field(() => String, { nullable: true })
  venue?: string | null;

  @Field(() => String, { nullable: true })
  city?: string | null;

  @Field(() => CountryCodeScalar, { nullable: true })
  country?: string | null;

  @Field(() => [ID])
  organisers: string[];

  @Field(() => ID, { nullable: true })
  programme?: string | null;

  @Field(() => UrlScalar, { nullable: true })
  source?: string | null;

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}
