import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What one address of a role gets. The address itself is in the settings alone. */
@Entity({ name: 'mail_subscriptions' })
export class MailSubscription {
  /** A digest of the role and the address. */
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  /** Whoever has it ends the subscription. It is in each mail. */
  @Column({ type: 'varchar' })
  key: string;

  /** Null until somebody unsubscribes. */
  @Column({ name: 'stopped_at', type: 'varchar', nullable: true })
  stoppedAt: string | null;

  /** The day of the last digest. */
  @Column({ name: 'digest_on', type: 'varchar', nullable: true })
  digestOn: string | null;

  /** Digests of what is urgent and was told. */
  @Column({ type: 'simple-json' })
  told: string[];
}

/** A mail that waits for the mail server. */
@Entity({ name: 'mails' })
export class Mail {
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  @Index()
  @Column({ name: 'subscription_id', type: 'varchar' })
  subscriptionId: string;

  @Column({ name: 'is_digest', type: 'boolean' })
  isDigest: boolean;

  @Column({ type: 'varchar' })
  subject: string;

  @Column({ type: 'text' })
  text: string;

  @Column({ name: 'made_at', type: 'varchar' })
  madeAt: string;

  /** Until then no process tries to send it: one does, or has just failed. */
  @Column({ name: 'tried_until', type: 'varchar', nullable: true })
  triedUntil: string | null;
}
