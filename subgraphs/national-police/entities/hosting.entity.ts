import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { PoliceUnit } from './police-unit.entity.js';

@Entity({ name: 'hostings' })
@Index('ix_hostings_visit', ['visitId', 'id'])
@Index('ix_hostings_unit', ['unitId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Hosting', { description: words.Hosting.about })
export class Hosting extends vocabulary.HostingFields {
  @Column({ name: 'unit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => PoliceUnit, { name: 'fk_hostings_unit' })
  unitId: string;

  /** Unchanged by a later withdrawal. */
  @Column({ name: 'confirmed_on', type: 'varchar', collation: 'C', nullable: true })
  confirmedOn: string | null;

  @Column({ name: 'withdrawn_on', type: 'varchar', collation: 'C', nullable: true })
  withdrawnOn: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, { description: words.Hosting.version })
  version: number;
}
