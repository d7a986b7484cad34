import { Access } from '@hub/shared/policy';
import { CountryCodeScalar, DateScalar } from '@hub/shared/scalars';
import { Sector, words } from '@hub/shared/vocabulary';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Visit } from './visit.entity.js';

@Entity({ name: 'itinerary_stops' })
@Index('ix_itinerary_stops_visit', ['visitId', 'day', 'from', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('ItineraryStop', { description: words.ItineraryStop.about })
@Access('itinerary')
export class ItineraryStop {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.ItineraryStop.id })
  id: string;

  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_itinerary_stops_visit' })
  visitId: string;

  @Column({ name: 'host_country', type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, {
    description: words.ItineraryStop.hostCountry,
  })
  hostCountry: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: 'The day of the stop, within the visit.' })
  day: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'When it begins, local time in 24 hours: `09:30`; null if not set.',
  })
  from: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'When it ends, local time in 24 hours: `11:00`; null if not set.',
  })
  to: string | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { description: 'What the group does there.' })
  title: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => Sector, { description: 'The sector that the stop shows.' })
  sector: Sector;

  /** A site of a police or of the offices. */
  @Column({ name: 'site_id', type: 'varchar', collation: 'C', nullable: true })
  siteId: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description: 'The version of the stop, from 1. Its host confirms one version.',
  })
  version: number;

  // The fields below belong to the hosts and come with the representation. Null means that the host
  // is unavailable.

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.ItineraryStop.hostConfirmedVersion })
  hostConfirmedVersion?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.ItineraryStop.officeConfirmedVersion })
  officeConfirmedVersion?: number | null;
}
