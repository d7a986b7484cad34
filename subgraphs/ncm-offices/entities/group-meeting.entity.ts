import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { AboutRecord, PartOf } from '@hub/shared/records';
import { Directive, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey } from 'typeorm';
import { Office } from './office.entity.js';

/** A meeting of an office with its delegates of a group. */
@Entity({ name: 'group_meetings' })
@PartOf('delegateMeetings', 'groupId')
@Directive('@shareable')
@ObjectType('GroupMeeting', { description: words.GroupMeeting.about })
@AboutRecord('Group', 'groupId')
export class GroupMeeting extends vocabulary.GroupMeetingFields {
  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  @ForeignKey(() => Office, { name: 'group_meetings_office' })
  officeId: string;
}
