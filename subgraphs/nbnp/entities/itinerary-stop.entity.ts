import { Access } from '@hub/shared/policy';
import { CountryCodeScalar, DateScalar } from '@hub/shared/scalars';
import { Sector } from '@hub/shared/vocabulary';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Visit } from './visit.entity.js';

@Entity({ name: 'itinerary_stops' })
@Index('ix_itinerary_stops_visit', ['visitId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('ItineraryStop')
@Access('itinerary')
export class ItineraryStop {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID)
  id: string;

  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_itinerary_stops_visit' })
  visitId: string;

  @Column({ name: 'host_country', type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, {
    description: 'The country that hosts this stop, and so the organisation that confirms it.',
  })
  hostCountry: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => DateScalar)
  day: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  from: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, { nullable: true })
  to: string | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String)
  title: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => Sector)
  sector: Sector;

  /** A site of a police or of the offices. */
  @Column({ name: 'site_id', type: 'varchar', collation: 'C', nullable: true })
  siteId: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int)
  version: number;

  // The hosts’; they arrive with the representation. Null means no answer.

  @Directive('@external')
  @Field(() => Int, { nullable: true })
  hostConfirmedVersion?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true })
  officeConfirmedVersion?: number | null;
}
