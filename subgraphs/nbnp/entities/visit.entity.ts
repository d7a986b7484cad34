import { Access } from '@hub/shared/policy';
import { DateScalar, LanguageTagScalar } from '@hub/shared/scalars';
import { SupportRole } from '@hub/shared/vocabulary';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Group } from './group.entity.js';

@Entity({ name: 'visits' })
@Index('ix_visits_group', ['groupId', 'id'])
@Index('ix_visits_span', ['startsOn', 'endsOn'])
@Directive('@key(fields: "id")')
@ObjectType('Visit')
@Access('visit')
export class Visit {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID)
  id: string;

  @Column({ name: 'group_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Group, { name: 'fk_visits_group' })
  groupId: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String)
  title: string;

  @Column({ name: 'starts_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true })
  startsOn: string | null;

  @Column({ name: 'ends_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true })
  endsOn: string | null;

  @Column({ name: 'departed_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true })
  departedOn: string | null;

  @Column({ name: 'returned_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true })
  returnedOn: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int)
  version: number;
}

/** A country that hosts a visit. */
@Entity({ name: 'visit_hosts' })
@Index('ix_visit_hosts_country', ['country', 'visitId'])
export class VisitHost {
  @PrimaryColumn({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_visit_hosts_visit', onDelete: 'CASCADE' })
  visitId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  country: string;

  @Column({ type: 'integer' })
  position: number;
}

@Entity({ name: 'expert_assignments' })
@Index('ix_expert_assignments_visit', ['visitId', 'id'])
@Index('ix_expert_assignments_expert', ['expertId', 'id'])
@ObjectType('ExpertAssignment')
@Access('itinerary')
export class ExpertAssignment {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID)
  id: string;

  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_expert_assignments_visit' })
  visitId: string;

  /** A police’s expert. */
  @Column({ name: 'expert_id', type: 'varchar', collation: 'C' })
  expertId: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => SupportRole)
  role: SupportRole;

  @Column({ type: 'simple-json' })
  @Field(() => [LanguageTagScalar])
  languages: string[];
}
