import { CountryCodeScalar, DateScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Visit } from './visit.entity.js';
import { SiteContactStatus, StopStatus } from './vocabulary.js';

@Entity({ name: 'itinerary_stops' })
@Index('ix_itinerary_stops_visit', ['visitId', 'day', 'from', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('ItineraryStop', { description: words.ItineraryStop.about })
@Access('visit')
export class ItineraryStop {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Visit.id })
  @Access('itinerary')
  @Self()
  id: string;

  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_itinerary_stops_visit' })
  visitId: string;

  @Column({ name: 'host_country', type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, {
    description: words.ItineraryStop.hostCountry,
  })
  @Access('itinerary')
  @Self()
  hostCountry: string;

  /** As the host of the visit for this country, also once that country hosts the visit no more. */
  @Column({ name: 'host_owner', type: 'varchar', collation: 'C', default: codes.networkCode })
  @Field(() => String, {
    description:
      'Code of the organisation that confirms it, as `VisitHost.owner` says for its country.',
  })
  @Access('itinerary')
  hostOwner: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: 'The day of the stop, within the visit.' })
  @Access('itinerary')
  @Self()
  day: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description:
      'When it begins, in local time: `09:30`, or in words: `after lunch`. Null if not set.',
  })
  @Access('itinerary')
  @Self()
  from: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'When it ends, in local time: `11:00`, or in words. Null if not set.',
  })
  @Access('itinerary')
  @Self()
  to: string | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { description: 'What the group does there.' })
  @Access('itinerary')
  @Self()
  title: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => vocabulary.Sector, { description: 'The sector that the stop shows.' })
  @Access('itinerary')
  @Self()
  sector: vocabulary.Sector;

  /** A site of a police force or of the offices. */
  @Column({ name: 'site_id', type: 'varchar', collation: 'C', nullable: true })
  siteId: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The address of the place.' })
  @Access('itinerary')
  @Self()
  address: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'English name of the city, where the stop names no site. Null if not set.',
  })
  @Access('itinerary')
  @Self()
  city: string | null;

  @Column({ name: 'meeting_point', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Where the group is met.' })
  @Access('itinerary')
  @Self()
  meetingPoint: string | null;

  @Column({ name: 'contact_on_the_spot', type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Who receives the group there: a name and a number.',
  })
  @Access('itinerary')
  @Self()
  contactOnTheSpot: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What else those who travel have to know.',
  })
  @Access('itinerary')
  @Self()
  note: string | null;

  @Column({ type: 'varchar', collation: 'C', default: StopStatus.PLANNED })
  @Field(() => StopStatus, {
    description: 'Whether it takes place. Only planned and held stops count.',
  })
  @Self()
  status: StopStatus;

  @Column({ name: 'status_reason', type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Why it was called off or not held; null if no reason was given.',
  })
  @Access('itinerary')
  @Self()
  statusReason: string | null;

  @Column({ name: 'called_off_on', type: 'varchar', collation: 'C', nullable: true })
  calledOffOn: string | null;

  @Column({ name: 'site_contact', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => SiteContactStatus, {
    nullable: true,
    description: 'The latest contact with the institution; null before the first.',
  })
  siteContact: SiteContactStatus | null;

  @Column({ name: 'site_contact_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: 'The day of that contact.' })
  siteContactOn: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description: 'The version of the stop, from 1. Its host confirms one version.',
  })
  @Access('itinerary')
  @Self()
  version: number;

  /**
   * The version in which the plan last changed. A confirmation of it or of a later version counts,
   * because later versions only record what became of the plan.
   */
  @Column({ name: 'plan_version', type: 'integer', default: 1 })
  planVersion: number;

  @Column({ name: 'network_confirmed_version', type: 'integer', default: 0 })
  @Field(() => Int, {
    description:
      'The version of the stop that the network has confirmed for a host without a partner; 0 when it has confirmed none.',
  })
  @Access('itinerary')
  networkConfirmedVersion: number;

  @Column({ name: 'network_confirmed_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day on which the network confirmed it for a host without a partner; null before.',
  })
  @Access('itinerary')
  networkConfirmedOn: string | null;

  /** The organisation whose word the network passed on. */
  @Column({ name: 'confirming_organisation_id', type: 'varchar', collation: 'C', nullable: true })
  confirmingOrganisationId: string | null;

  // The fields below belong to the hosts and come with the representation. Null means that the host
  // is unavailable.

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.ItineraryStop.hostConfirmedVersion })
  @Access('itinerary')
  hostConfirmedVersion?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.ItineraryStop.officeConfirmedVersion })
  @Access('itinerary')
  officeConfirmedVersion?: number | null;
}
