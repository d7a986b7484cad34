import { DateScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Delegate } from './delegate.entity.js';

@Directive('@shareable')
@ObjectType({
  description:
    'What a participant hands in after the visit. That it was received is open; its text is for the sender and the organisers.',
})
@Entity({ name: 'participant_reports' })
@Index('participant_reports_by_delegate', ['delegateId', 'receivedOn'])
@Index('participant_reports_by_group', ['group', 'delegateId'])
export class ParticipantReport {
  @Field(() => ID)
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @ForeignKey(() => Delegate, { name: 'participant_reports_delegate' })
  @Column({ type: 'varchar', name: 'delegate_id', collation: 'C' })
  delegateId: string;

  /** A group of NBNP's. A delegate may have several reports for it: one of each visit at least is expected. */
  @Field(() => ID)
  @Column({ type: 'varchar', name: 'group_id', collation: 'C' })
  group: string;

  /** A visit of NBNP's. */
  @Field(() => ID)
  @Column({ type: 'varchar', name: 'visit_id' })
  visit: string;

  @Field(() => DateScalar)
  @Column({ type: 'varchar', name: 'received_on', collation: 'C' })
  receivedOn: string;

  @Field(() => String, { nullable: true })
  @Column({ type: 'text', nullable: true })
  text: string | null;
}
