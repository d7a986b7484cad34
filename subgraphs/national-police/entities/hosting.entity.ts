import { Access } from '@hub/shared/policy';
import { words } from '@hub/shared/vocabulary';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PoliceUnit } from './police-unit.entity.js';
import { HostingStatus } from './vocabulary.js';

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
  @Field(() => HostingStatus, { description: 'The status of the offer.' })
  status: HostingStatus;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Where the group would stay.' })
  accommodation: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'The transport for the group.' })
  transport: string | null;

  @Column({ name: 'emergency_contact', type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The emergency contact for the group: a name and a number.',
  })
  emergencyContact: string | null;

  /** Unchanged by a later withdrawal. */
  @Column({ name: 'confirmed_on', type: 'varchar', collation: 'C', nullable: true })
  confirmedOn: string | null;

  @Column({ name: 'withdrawn_on', type: 'varchar', collation: 'C', nullable: true })
  withdrawnOn: string | null;
}
