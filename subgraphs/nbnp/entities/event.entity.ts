import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import {
  CountryCodeScalar,
  LanguageTagScalar,
  PartialDateScalar,
  UrlScalar,
} from '@hub/shared/scalars';
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
@Index('ix_events_city', ['city', 'id'])
@Index('ix_events_series', ['series', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Event')
@Access('open')
@MaxAge(maxAges.record)
export class Event {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID)
  id: string;

  @Column({ type: 'text' })
  @Field(() => String)
  title: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => EventKind)
  kind: EventKind;

  @Column({ name: 'starts_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true })
  startsOn: string | null;

  @Column({ name: 'ends_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, { nullable: true })
  endsOn: string | null;

  /** The first day that it may have begun on, and the last that it may have ended on: what date filters compare. */
  @Column({ name: 'first_day', type: 'varchar', collation: 'C', nullable: true })
  firstDay: string | null;

  @Column({ name: 'last_day', type: 'varchar', collation: 'C', nullable: true })
  lastDay: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  venue: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  city: string | null;

  /** Null where there are several: see `EventCountry`. */
  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => CountryCodeScalar, { nullable: true })
  country: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  series: string | null;

  @Column({ name: 'seminar_days', type: 'integer', nullable: true })
  @Field(() => Int, { nullable: true })
  seminarDays: number | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  note: string | null;

  @Column({ name: 'participants_value', type: 'integer', nullable: true })
  participantsValue: number | null;

  @Column({ name: 'participants_qualifier', type: 'varchar', collation: 'C', nullable: true })
  participantsQualifier: CountQualifier | null;

  @Column({ name: 'working_languages', type: 'simple-json' })
  @Field(() => [LanguageTagScalar])
  workingLanguages: string[];

  @Column({ name: 'target_group', type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  targetGroup: string | null;

  @Column({ name: 'part_of_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Event, { name: 'fk_events_part_of' })
  partOfId: string | null;

  @Column({ name: 'programme_id', type: 'varchar', collation: 'C', nullable: true })
  @ForeignKey(() => Programme, { name: 'fk_events_programme' })
  programmeId: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true })
  source: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description:
      'What the event is for: the text of its statement of kind `AIM`. Null where no source states one.',
  })
  aim: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description: 'Grows by one with every change. Send it back with a change of this event.',
  })
  version: number;

  /** What `EventFilter.search` looks through: see `deriveEventColumns`. */
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;
}

/** A country in which an event took place. */
@Entity({ name: 'event_countries' })
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
@MaxAge(maxAges.inherited)
export class ParticipantCount {
  @Field(() => Int)
  value: number;

  @Field(() => CountQualifier)
  qualifier: CountQualifier;
}
