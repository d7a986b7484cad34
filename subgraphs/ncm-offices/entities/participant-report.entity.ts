import { Access } from '@hub/shared/policy';
import { DateScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Delegate } from './delegate.entity.js';

@Entity({ name: 'participant_reports' })
@Index('participant_reports_by_delegate', ['delegateId', 'receivedOn'])
@Index('participant_reports_by_group', ['groupId', 'delegateId'])
@Directive('@shareable')
@ObjectType({
  description: words.ParticipantReport.about,
})
@Access('people')
export class ParticipantReport {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.ParticipantReport.id })
  id: string;

  @Column({ type: 'varchar', name: 'delegate_id', collation: 'C' })
  @ForeignKey(() => Delegate, { name: 'participant_reports_delegate' })
  delegateId: string;

  /** A group of NBNP's. A delegate may have several reports for it: one of each visit at least is expected. */
  @Column({ type: 'varchar', name: 'group_id', collation: 'C' })
  @Field(() => ID, { name: 'group', description: words.ParticipantReport.group })
  groupId: string;

  /** A visit of NBNP's. */
  @Column({ type: 'varchar', name: 'visit_id' })
  @Field(() => ID, { name: 'visit', description: words.ParticipantReport.visit })
  visitId: string;

  @Column({ type: 'varchar', name: 'received_on', collation: 'C' })
  @Field(() => DateScalar, { description: words.ParticipantReport.receivedOn })
  receivedOn: string;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: words.ParticipantReport.text })
  @Access('report')
  text: string | null;
}
