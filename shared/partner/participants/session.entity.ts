import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { PartOf } from '../../records/changes/record-writes.js';

/** The invitation of a person: a link that opens one session. The link itself is nowhere stored. */
@Entity({ name: 'invitations' })
@PartOf('access', 'personId')
@Index('ux_invitations_open', ['personId'], {
  unique: true,
  where: '"used_at" IS NULL AND "ended_at" IS NULL',
})
@Index('ix_invitations_person', ['personId', 'madeAt'])
export class Invitation {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Column({ name: 'person_id', type: 'varchar', collation: 'C' })
  personId: string;

  @Column({ name: 'secret_hash', type: 'varchar' })
  secretHash: string;

  @Column({ name: 'made_at', type: 'varchar', collation: 'C' })
  madeAt: string;

  @Column({ name: 'expires_at', type: 'varchar', collation: 'C' })
  expiresAt: string;

  /** The last day of the person’s access, as it was planned then. */
  @Column({ name: 'access_ends_on', type: 'varchar', collation: 'C' })
  accessEndsOn: string;

  @Column({ name: 'used_at', type: 'varchar', collation: 'C', nullable: true })
  usedAt: string | null;

  /** When the used link, or a copy of its session, came again. */
  @Column({ name: 'tried_again_at', type: 'varchar', collation: 'C', nullable: true })
  triedAgainAt: string | null;

  @Column({ name: 'wrong_tries', type: 'integer', default: 0 })
  wrongTries: number;

  @Column({ name: 'ended_at', type: 'varchar', collation: 'C', nullable: true })
  endedAt: string | null;
}

/** A person’s session in one browser, which makes the next token. Nothing says where that is. */
@Entity({ name: 'participant_sessions' })
@PartOf('access', 'personId')
@Index('ix_participant_sessions_person', ['personId'])
export class ParticipantSession {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  @Column({ name: 'person_id', type: 'varchar', collation: 'C' })
  personId: string;

  @Column({ name: 'invitation_id', type: 'varchar', collation: 'C' })
  invitationId: string;

  @Column({ name: 'secret_hash', type: 'varchar' })
  secretHash: string;

  /** Of the secret before, whose response may have been lost. */
  @Column({ name: 'previous_hash', type: 'varchar', nullable: true })
  previousHash: string | null;

  /** Whether the newest secret was used. */
  @Column({ name: 'is_confirmed', type: 'boolean' })
  isConfirmed: boolean;

  /** When the newest secret was made. */
  @Column({ name: 'rotated_at', type: 'varchar', collation: 'C' })
  rotatedAt: string;

  @Column({ name: 'made_at', type: 'varchar', collation: 'C' })
  madeAt: string;

  /** A day, without the time. */
  @Column({ name: 'renewed_on', type: 'varchar', collation: 'C' })
  renewedOn: string;

  @Column({ name: 'access_ends_on', type: 'varchar', collation: 'C' })
  accessEndsOn: string;

  @Column({ name: 'ended_at', type: 'varchar', collation: 'C', nullable: true })
  endedAt: string | null;

  /** When the hub confirmed that it accepts no token from before the end. */
  @Column({ name: 'told_at', type: 'varchar', collation: 'C', nullable: true })
  toldAt: string | null;
}
