import { Access } from '@hub/shared/policy';
import { HostingStatus, words } from '@hub/shared/vocabulary';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PoliceUnit } from './police-unit.entity.js';

@Entity({ name: 'hostings' })
@Index('ix_hostings_visit', ['visitId', 'id'])
@Index('ix_hostings_unit', ['unitId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Hosting', {
  description: words.Hosting.about,
})
@Access('itinerary')
export class Hosting {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Hosting.id })
  id: string;

  /** The network owns the visit. */
  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Hosting.visitId })
  visitId: string;

  @Column({ name: 'unit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => PoliceUnit, { name: 'fk_hostings_unit' })
  unitId: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => HostingStatus, { description: words.Hosting.status })
  status: HostingStatus;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.accommodation })
  accommodation: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.transport })
  transport: string | null;

  @Column({ name: 'meeting_point', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.meetingPoint })
  meetingPoint: string | null;

  @Column({ name: 'contact_on_the_spot', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.contactOnTheSpot })
  contactOnTheSpot: string | null;

  @Column({ name: 'emergency_contact', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.emergencyContact })
  emergencyContact: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Hosting.note })
  note: string | null;

  /** Unchanged by a later withdrawal. */
  @Column({ name: 'confirmed_on', type: 'varchar', collation: 'C', nullable: true })
  confirmedOn: string | null;

  @Column({ name: 'withdrawn_on', type: 'varchar', collation: 'C', nullable: true })
  withdrawnOn: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: words.Hosting.version })
  version: number;
}
