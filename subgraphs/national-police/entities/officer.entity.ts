import { EmailAddressScalar } from '@hub/shared/graphql';
import { AboutPerson, Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { emptyWhenErased } from './erased-name.js';
import { Participant } from './participant.interface.js';
import { PoliceUnit } from './police-unit.entity.js';

@Entity({ name: 'officers' })
@Index('ix_officers_unit', ['unitId', 'id'])
@Index('ix_officers_target_group', ['targetGroup', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Officer', {
  implements: Participant,
  description: words.Officer.about,
})
@Access('people')
@AboutPerson(({ id }: Officer) => id)
export class Officer extends Participant {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Participant.id })
  @Self('fellow')
  override id: string;

  @Column({ type: 'varchar', collation: 'C', transformer: emptyWhenErased })
  @Field(() => String, { nullable: true, description: words.Participant.name })
  @Access('identity')
  @Self()
  override name: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => EmailAddressScalar, {
    nullable: true,
    description: 'Where the officer can be reached. Null after erasure.',
  })
  @Access('identity')
  @Self()
  email: string | null;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The rank, in the words of the police force. Null after erasure.',
  })
  @Access('identity')
  @Self()
  rank: string | null;

  @Column({ name: 'unit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => PoliceUnit, { name: 'fk_officers_unit' })
  unitId: string;

  @Column({ name: 'is_rehearsal', type: 'boolean', default: false })
  @Field(() => Boolean, { description: words.Rehearsal.made })
  @Self()
  isRehearsal: boolean;

  @Column({ name: 'target_group', type: 'varchar', collation: 'C' })
  @Field(() => vocabulary.TargetGroup, {
    nullable: true,
    description: 'The kind of authority that the officer works for.',
  })
  @Self()
  override targetGroup: vocabulary.TargetGroup;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description: 'The version of the record, from 1. Send it back with a mutation.',
  })
  @Self()
  version: number;
}

/** A language that an officer speaks. */
@Entity({ name: 'officer_languages' })
@PartOf('languages', 'officerId')
@Index('ix_officer_languages_language', ['language', 'officerId'])
export class OfficerLanguage {
  @PrimaryColumn({ name: 'officer_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Officer, { name: 'fk_officer_languages_officer', onDelete: 'CASCADE' })
  officerId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  language: string;

  @Column({ type: 'integer' })
  position: number;
}
