import { AboutPerson } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Directive, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { Officer } from './officer.entity.js';

@Entity({ name: 'participant_reports' })
@Index('ix_participant_reports_officer', ['officerId', 'receivedOn', 'id'])
@Index('ix_participant_reports_group', ['groupId'])
@Index('ix_participant_reports_officer_visit', ['officerId', 'visitId'])
@Directive('@shareable')
@ObjectType('ParticipantReport', { description: words.ParticipantReport.about })
@AboutPerson(({ officerId }: ParticipantReport) => officerId)
export class ParticipantReport extends vocabulary.ParticipantReportFields {
  @Column({ name: 'officer_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Officer, { name: 'fk_participant_reports_officer' })
  officerId: string;
}
