import { CountryCodeScalar, PartialDateScalar, UrlScalar } from '@hub/shared/scalars';
import { Field, ID, InputType } from 'type-graphql';
import { EventKind, PartyRoleKind } from '../entities/vocabulary.js';

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

  @Field(() => String, {
    nullable: true,
    description: 'A part of the title, city, venue, series, aim or note, in letters of any case.',
  })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'The city, as `Event.city` writes it.' })
  city?: string | null;

  @Field(() => String, { nullable: true, description: 'The series, as `Event.series` writes it.' })
  series?: string | null;

  @Field(() => PartyRoleKind, {
    nullable: true,
    description:
      'The role of the party that `organiser` names. Without `organiser`: any party has it. @default ORGANISER, where `organiser` is given',
  })
  role?: PartyRoleKind | null;
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
