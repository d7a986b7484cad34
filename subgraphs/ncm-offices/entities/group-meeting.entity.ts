import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Office } from './office.entity.js';

/**
 * A meeting of an office with its delegates: the briefing before the visit or the debriefing after
 * it.
 */
@Entity({ name: 'group_meetings' })
export class GroupMeeting {
  /** A group of NBNP. */
  @PrimaryColumn({ type: 'varchar', name: 'group_id', collation: 'C' })
  groupId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  kind: 'BRIEFING' | 'DEBRIEFING';

  @Column({ type: 'varchar', name: 'office_id', collation: 'C' })
  @ForeignKey(() => Office, { name: 'group_meetings_office' })
  officeId: string;

  @Column({ type: 'varchar', name: 'held_on' })
  heldOn: string;

  @Column({ type: 'varchar', nullable: true })
  place: string | null;
}
