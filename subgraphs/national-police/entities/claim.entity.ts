import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { UrlScalar } from '@hub/shared/scalars';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PoliceUnit } from './police-unit.entity.js';

@Entity({ name: 'claims' })
@Directive('@shareable')
@ObjectType('Claim')
@Access('open')
@MaxAge(maxAges.inherited)
export class Claim {
  @PrimaryColumn({ name: 'unit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => PoliceUnit, { name: 'fk_claims_unit' })
  unitId: string;

  /** The claims of a unit keep the order of the file. */
  @PrimaryColumn({ type: 'integer' })
  position: number;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String)
  property: string;

  @Column({ type: 'text' })
  @Field(() => String)
  value: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true })
  source: string | null;

  @Column({ type: 'boolean' })
  @Field(() => Boolean)
  preferred: boolean;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true })
  note: string | null;
}
