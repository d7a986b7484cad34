import { Access } from '@hub/shared/policy';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PoliceUnit } from './police-unit.entity.js';
import { HostingStatus } from './vocabulary.js';

@Entity({ name: 'hostings' })
@Index('ix_hostings_visit', ['visitId', 'id'])
@Index('ix_hostings_unit', ['unitId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Hosting', {
  description:
    'What the host arranges for a visit. The practicalities are for the organisations that travel and host.',
})
@Access('itinerary')
export class Hosting {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID)
  id: string;

  /** The network owns the visit. */
  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @Field(() => ID)
  visitId: string;

  @Column({ name: 'unit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => PoliceUnit, { name: 'fk_hostings_unit' })
  unitId: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => HostingStatus)
  status: HostingStatus;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  accommodation: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  transport: string | null;

  @Column({ name: 'emergency_contact', type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  emergencyContact: string | null;

  /** Kept when it is withdrawn later. */
  @Column({ name: 'confirmed_on', type: 'varchar', collation: 'C', nullable: true })
  confirmedOn: string | null;

  @Column({ name: 'withdrawn_on', type: 'varchar', collation: 'C', nullable: true })
  withdrawnOn: string | null;
}
