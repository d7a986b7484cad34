import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, PrimaryColumn } from 'typeorm';
import { Access, Self } from '../../identity/access.js';
import { words } from '../../partner/words.js';
import type { HostingStatus } from './enums.js';

/**
 * What the contract’s `Hosting` and `RegionalHosting` have in common: a host’s offer, and what it
 * arranges. A partner’s class extends it with its table and the host.
 */
@ObjectType('HostingFields')
@Access('itinerary')
export abstract class HostingFields {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Hosting.id })
  @Self()
  id: string;

  /** The network owns the visit. */
  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Hosting.visitId, deprecationReason: 'Use `visit`.' })
  @Self()
  visitId: string;

  @Column({ name: 'is_rehearsal', type: 'boolean', default: false })
  @Field(() => Boolean, { description: words.Rehearsal.inherited })
  isRehearsal: boolean;

  /** As the host decided. What callers see depends on the present days of the visit too. */
  @Column({ type: 'varchar', collation: 'C' })
  status: HostingStatus;

  @Column({ name: 'confirmed_version', type: 'integer', nullable: true })
  @Field(() => Int, { nullable: true, description: words.Hosting.confirmedVersion })
  confirmedVersion: number | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.accommodation })
  @Self()
  accommodation: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.transport })
  @Self()
  transport: string | null;

  @Column({ name: 'meeting_point', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.meetingPoint })
  @Self()
  meetingPoint: string | null;

  @Column({ name: 'contact_on_the_spot', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.contactOnTheSpot })
  @Self()
  contactOnTheSpot: string | null;

  @Column({ name: 'emergency_contact', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.emergencyContact })
  @Self()
  emergencyContact: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.note })
  note: string | null;
}
