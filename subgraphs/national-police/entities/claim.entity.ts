import { Access, MaxAge, maxAges } from '@hub/shared/policy';
import { UrlScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Directive, Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PoliceUnit } from './police-unit.entity.js';

@Entity({ name: 'claims' })
@Directive('@shareable')
@ObjectType('Claim', { description: words.Claim.about })
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
  @Field(() => String, { description: words.Claim.property })
  property: string;

  @Column({ type: 'text' })
  @Field(() => String, { description: words.Claim.value })
  value: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, { nullable: true, description: words.Claim.source })
  source: string | null;

  @Column({ type: 'boolean' })
  @Field(() => Boolean, { description: words.Claim.preferred })
  preferred: boolean;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.Claim.note })
  note: string | null;
}
