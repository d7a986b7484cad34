import { CountryCodeScalar, PartialDateScalar } from '@hub/shared/graphql';
import { NotBefore } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType } from 'type-graphql';
import { EventKind, PartyRoleKind } from '../entities/vocabulary.js';

@InputType('EventFilter', {
  description: 'Selects events. All given conditions must hold. An unknown date excludes nothing.',
})
export class EventFilter {
  @Field(() => ID, { nullable: true, description: 'Id of the programme that it belongs to.' })
  programme?: string | null;

  @Field(() => EventKind, { nullable: true, description: 'Only events of this kind.' })
  kind?: EventKind | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'A country that it takes place in, alone or among others.',
  })
  country?: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of a party that organised it: `dk:nec`.' })
  organiser?: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'The event took place on or after this day, month or year, at least in part.',
  })
  from?: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'The event took place on or before this day, month or year, at least in part.',
  })
  @NotBefore('from')
  to?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Part of the title, city, venue, series, aim or note. Case and marks are ignored.',
  })
  search?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The city, as `Event.city` has it. Case and marks are ignored: `malmo` is Malmö.',
  })
  city?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The series, as `Event.series` has it. Case and marks are ignored.',
  })
  series?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'A country that somebody represented at it, as `Representation.country` names it.',
  })
  represented?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of a party that took part in it: in any role, or represented by somebody.',
  })
  party?: string | null;

  @Field(() => PartyRoleKind, {
    nullable: true,
    description:
      'The role of the party that `organiser` names. Without `organiser`: any party may have it. @default ORGANISER, where `organiser` is given',
  })
  role?: PartyRoleKind | null;

  @Field(() => Boolean, vocabulary.takenRehearsals)
  rehearsals?: boolean | null;
}
