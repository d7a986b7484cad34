import {
  CountryCodeScalar,
  LanguageTagScalar,
  PartialDateScalar,
  UrlScalar,
} from '@hub/shared/graphql';
import { AtLeast, Distinct, Must, NotBefore, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';
import { eventYears, isEventDate } from '../entities/event-derived.js';
import { EventKind } from '../entities/vocabulary.js';
import { PartyRoleInput } from '../network/party-role.input.js';

@InputType('RepresentationInput', {
  description: 'Somebody who took part in an event for a body or a country.',
})
export class RepresentationInput {
  @Field(() => String, { description: 'Who took part, in words and without a person’s name.' })
  what: string;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country, if the words name exactly one.',
  })
  country?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the party, if the graph has it. It then has a contact with the others.',
  })
  party?: string | null;
}

/** What an event has, besides its title, kind and roles. The inputs extend it. */
@InputType('EventDetails')
export abstract class EventDetails {
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'First day, month or year, as precisely as known.',
  })
  @Must(`The date ${eventYears}.`, (date) => isEventDate(String(date)))
  startsOn?: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Last day, month or year. Leave it out for an event of one day.',
  })
  @Must(`The date ${eventYears}.`, (date) => isEventDate(String(date)))
  @NotBefore('startsOn')
  endsOn?: string | null;

  @Field(() => String, { nullable: true, description: 'The house or hall.' })
  venue?: string | null;

  @Field(() => String, { nullable: true, description: 'The English name of the city.' })
  city?: string | null;

  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country that it takes place in. For several use `countries`.',
  })
  country?: string | null;

  @Field(() => [CountryCodeScalar], {
    nullable: true,
    description: 'All countries that it takes place in, in the order to show them.',
  })
  @Distinct()
  countries?: string[] | null;

  @Field(() => [RepresentationInput], {
    nullable: true,
    description: 'Who took part for which body or country, in the order to show them.',
  })
  represented?: RepresentationInput[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it is for, in words. `Event.aim` shows it; it becomes no statement.',
  })
  aim?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Whom it is for, in words: professions, ranks, countries.',
  })
  targetGroup?: string | null;

  @Field(() => [LanguageTagScalar], {
    nullable: true,
    description: 'The languages that it is held in.',
  })
  @Distinct()
  workingLanguages?: string[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many people took part, counted exactly.',
  })
  @AtLeast(1, 'The number of participants must be at least 1.')
  participants?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the event that it is a part of; not one of its own parts.',
  })
  partOf?: string | null;

  @Field(() => ID, { nullable: true, description: 'Id of the programme that it belongs to.' })
  programme?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Anything else, or why a value is uncertain. Everybody reads it.',
  })
  note?: string | null;

  @Field(() => UrlScalar, { nullable: true, description: 'The page that documents it.' })
  source?: string | null;
}

@InputType('RecordEventInput', { description: 'A new event of the field.' })
export class RecordEventInput extends EventDetails {
  @Field(() => String, { description: 'Its title.' })
  title: string;

  @Field(() => EventKind, { description: 'The category; `OTHER` if none fits.' })
  kind: EventKind;

  @Field(() => [ID], {
    description:
      'Ids of the parties that organise it: organisations, offices, police units. Other organisations than the network name one of their own.',
  })
  @Distinct(1)
  organisers: string[];

  @Field(() => [PartyRoleInput], {
    nullable: true,
    description: 'Further roles, after the organisers. An organiser may be repeated here.',
  })
  @Distinct()
  roles?: PartyRoleInput[] | null;

  @Field(() => Boolean, { nullable: true, description: words.Input.isAnother })
  isAnother?: boolean | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}
