import { EmailAddressScalar } from '@hub/shared/graphql';
import { AboutPerson, Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { emptyWhenErased } from './erased-name.js';
import { PoliceUnit } from './police-unit.entity.js';

@Entity({ name: 'experts' })
@Index('ix_experts_unit', ['unitId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Expert', {
  description: words.Expert.about,
})
@Access('people')
@AboutPerson(({ id }: Expert) => id)
export class Expert {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Expert.id })
  @Self()
  id: string;

  @Column({ type: 'varchar', collation: 'C', transformer: emptyWhenErased })
  @Field(() => String, {
    nullable: true,
    description: 'The name of the expert. Null after erasure.',
  })
  @Access('identity')
  @Self()
  name: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => EmailAddressScalar, {
    nullable: true,
    description: 'Where the expert can be reached. Null after erasure.',
  })
  @Access('identity')
  @Self()
  email: string | null;

  @Column({ name: 'unit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => PoliceUnit, { name: 'fk_experts_unit' })
  unitId: string;

  @Column({ name: 'is_rehearsal', type: 'boolean', default: false })
  @Field(() => Boolean, { description: words.Rehearsal.made })
  @Self()
  isRehearsal: boolean;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description: 'The version of the record, from 1. Send it back with a mutation.',
  })
  @Self()
  version: number;
}

/** A language that an expert speaks. */
@Entity({ name: 'expert_languages' })
@PartOf('languages', 'expertId')
@Index('ix_expert_languages_language', ['language', 'expertId'])
export class ExpertLanguage {
  @PrimaryColumn({ name: 'expert_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Expert, { name: 'fk_expert_languages_expert', onDelete: 'CASCADE' })
  expertId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  language: string;

  @Column({ type: 'integer' })
  position: number;
}

/** A role that an expert can have on a visit. */
@Entity({ name: 'expert_roles' })
@PartOf('roles', 'expertId')
@Index('ix_expert_roles_role', ['role', 'expertId'])
export class ExpertRole {
  @PrimaryColumn({ name: 'expert_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Expert, { name: 'fk_expert_roles_expert', onDelete: 'CASCADE' })
  expertId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  role: vocabulary.SupportRole;

  @Column({ type: 'integer' })
  position: number;
}

/** A sector that an expert knows. */
@Entity({ name: 'expert_fields' })
@PartOf('fields', 'expertId')
@Index('ix_expert_fields_field', ['field', 'expertId'])
export class ExpertField {
  @PrimaryColumn({ name: 'expert_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Expert, { name: 'fk_expert_fields_expert', onDelete: 'CASCADE' })
  expertId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  field: vocabulary.Sector;

  @Column({ type: 'integer' })
  position: number;
}
