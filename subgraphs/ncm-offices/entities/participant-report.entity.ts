import { AboutPerson } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Directive, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Delegate } from './delegate.entity.js';

@Entity({ name: 'participant_reports' })
@Index('participant_reports_by_delegate', ['delegateId', 'receivedOn'])
@Index('participant_reports_by_group', ['groupId', 'delegateId'])
@Directive('@shareable')
@ObjectType('ParticipantReport', { description: words.ParticipantReport.about })
@AboutPerson(({ delegateId }: ParticipantReport) => delegateId)
export class ParticipantReport extends vocabulary.ParticipantReportFields {
  @Column({ type: 'varchar', name: 'delegate_id', collation: 'C' })
  @ForeignKey(() => Delegate, { name: 'participant_reports_delegate' })
  delegateId: string;
}
