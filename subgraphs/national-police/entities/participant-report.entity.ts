import { Access } from '@hub/shared/policy';
import { DateScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Officer } from './officer.entity.js';

@Entity({ name: 'participant_reports' })
@Index('ix_participant_reports_officer', ['officerId', 'receivedOn', 'id'])
@Index('ix_participant_reports_group', ['groupId'])
@Index('ix_participant_reports_officer_visit', ['officerId', 'visitId'])
@Directive('@shareable')
@ObjectType('ParticipantReport', { description: words.ParticipantReport.about })
@Access('people')
export class ParticipantReport {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.ParticipantReport.id })
  id: string;

  @Column({ name: 'officer_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Officer, { name: 'fk_participant_reports_officer' })
  officerId: string;

  @Column({ name: 'group_id', type: 'varchar', collation: 'C' })
  @Field(() => ID, { name: 'group', description: words.ParticipantReport.group })
  groupId: string;

  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @Field(() => ID, { name: 'visit', description: words.ParticipantReport.visit })
  visitId: string;

  @Column({ name: 'received_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: words.ParticipantReport.receivedOn })
  receivedOn: string;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.ParticipantReport.text })
  @Access('report')
  text: string | null;
}
