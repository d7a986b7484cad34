import {
  CountryCodeScalar,
  LanguageTagScalar,
  PartialDateScalar,
  UrlScalar,
} from '@hub/shared/graphql';
import { Access, MaxAge } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { PartOf } from '@hub/shared/records';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Programme } from './programme.entity.js';
import { CountQualifier, EventKind } from './vocabulary.js';

@Entity({ name: 'events' })
@Index('ix_events_order', ['startsOn', 'id'])
@Index('ix_events_kind', ['kind', 'startsOn', 'id'])
@Index('ix_events_programme', ['programmeId', 'id'])
@Index('ix_events_part_of', ['partOfId', 'id'])
@Index('ix_events_span', ['firstDay', 'lastDay'])
@Index('ix_events_city', ['searchCity', 'id'])
@Index('ix_events_series', ['searchSeries', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Event', { description: words.Event.about })
@Access('open')
@MaxAge('record')
export class Event {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Event.id })
  id: string;

  @Column({ type: 'text', collation: 'C' })
  @Field(() => String, { description: 'The title in English, as the source gives it.' })
  title: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => EventKind, {
    description: 'A seminar, a conference, an agreement and so on; `OTHER` if none fits.',
  })
  kind: EventKind;

  @Column({ name: 'starts_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'First day, month or year; null if no source says.',
  })
  startsOn: string | null;

  @Column({ name: 'ends_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Last day, month or year; null for an event of one day, and where no source says.',
  })
  endsOn: string | null;

  /**
   * The first day on which it may have begun and the last on which it may have ended. Date filters
   * compare these.
   */
  @Column({ name: 'first_day', type: 'varchar', collation: 'C', nullable: true })
  firstDay: string | null;

  @Column({ name: 'last_day', type: 'varchar', collation: 'C', nullable: true })
  lastDay: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The house or hall, as the source writes it; null if no source says.',
  })
  venue: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The English name of the city; null for several, and where no source says.',
  })
  city: string | null;

  /** Null if there are several: see `EventCountry`. */
  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => CountryCodeScalar, {
    nullable: true,
    description: 'The country that it takes place in; null where there are several.',
  })
  country: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The name of the series that it belongs to: `mobility-programme-2009-2010`.',
  })
  series: string | null;

  @Column({ name: 'seminar_days', type: 'integer', nullable: true })
  @Field(() => Int, {
    nullable: true,
    description: 'How many of its days were seminar days; null if no source says.',
  })
  seminarDays: number | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What the source adds, or why a value is uncertain.',
  })
  note: string | null;

  @Column({ name: 'participants_value', type: 'integer', nullable: true })
  participantsValue: number | null;

  @Column({ name: 'participants_qualifier', type: 'varchar', collation: 'C', nullable: true })
  participantsQualifier: CountQualifier | null;

  @Column({ name: 'working_languages', type: 'simple-json' })
  @Field(() => [LanguageTagScalar], {
    description: 'The languages that it was held in; empty if no source says.',
  })
  workingLanguages: string[];

  @Column({ name: 'target_group', type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Whom it was for, in the words of the source.',
  })
  targetGroup: string | null;

  @Column({ name: 'part_of_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Event, { name: 'fk_events_part_of' })
  partOfId: string | null;

  @Column({ name: 'programme_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Programme, { name: 'fk_events_programme' })
  programmeId: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: 'The page that documents it.' })
  source: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description:
      'What the event is for: the text of its statement of kind `AIM`, or what an organiser recorded. Null if neither is known.',
  })
  aim: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description: 'Grows by one with every change. Send it back with a change of this event.',
  })
  version: number;

  /** What the filters by city and by series compare. */
  @Column({ name: 'city_text', type: 'varchar', collation: 'C', default: '' })
  searchCity: string;

  @Column({ name: 'series_text', type: 'varchar', collation: 'C', default: '' })
  searchSeries: string;

  /** What `EventFilter.search` searches: see `deriveEventColumns`. */
  @Column({ name: 'search_text', type: 'text' })
  @Index('events_search', { synchronize: false })
  searchText: string;
}

/** A country in which an event took place. */
@Entity({ name: 'event_countries' })
@PartOf('countries', 'eventId')
@Index('ix_event_countries_country', ['country', 'eventId'])
export class EventCountry {
  @PrimaryColumn({ name: 'event_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Event, { name: 'fk_event_countries_event', onDelete: 'CASCADE' })
  eventId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  country: string;

  @Column({ type: 'integer' })
  position: number;
}

@ObjectType('ParticipantCount', { description: 'A number of participants as the source gives it.' })
@Access('open')
@MaxAge('inherited')
export class ParticipantCount {
  @Field(() => Int, { description: 'The number in the source; read it with `qualifier`.' })
  value: number;

  @Field(() => CountQualifier, { description: 'How exactly the source gives the number.' })
  qualifier: CountQualifier;
}
