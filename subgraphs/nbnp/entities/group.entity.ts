import { Access } from '@hub/shared/policy';
import { DateScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Delegate } from './participant.interface.js';
import { Programme } from './programme.entity.js';
import { Direction } from './vocabulary.js';

@Entity({ name: 'groups' })
@Index('ix_groups_programme', ['programmeId', 'id'])
@Index('ix_groups_direction', ['direction', 'id'])
@Index('ix_groups_office', ['coordinatingOfficeId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Group')
@Access('open')
export class Group {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID)
  id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String)
  name: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => Direction)
  direction: Direction;

  @Column({ name: 'programme_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Programme, { name: 'fk_groups_programme' })
  programmeId: string;

  @Column({ name: 'coordinating_office_id', type: 'varchar', collation: 'C', nullable: true })
  coordinatingOfficeId: string | null;

  @Column({ name: 'planned_size', type: 'integer' })
  @Field(() => Int)
  plannedSize: number;

  @Column({ name: 'briefed_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true })
  briefedOn: string | null;

  @Column({ name: 'debriefed_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true })
  debriefedOn: string | null;

  @Column({ name: 'cancelled_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true })
  cancelledOn: string | null;

  /** Kept for the network itself: the contract has no field for it. */
  @Column({ name: 'cancel_reason', type: 'text', nullable: true })
  cancelReason: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int)
  version: number;

  // What follows is other organisations’; it arrives with the representation. Null means no answer.

  @Directive('@external')
  @Field(() => [Delegate], { nullable: true })
  @Access('people')
  delegates?: Delegate[] | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true })
  delegateCount?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true })
  delegateNominationCount?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true })
  officerNominationCount?: number | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true })
  delegatesSelectedOn?: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true })
  delegatesBriefedOn?: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true })
  delegatesDebriefedOn?: string | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true })
  delegateReportsReceived?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true })
  officerReportsReceived?: number | null;

  /** `programme { officeSignatureCount }` of the representation. */
  officeSignatureCount?: number | null;
}
