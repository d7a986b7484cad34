import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The one row by which a database is recognised: whose it is, and since when. */
@Entity({ name: 'database_mark' })
export class DatabaseMark {
  /** Drawn when the database is made. */
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  /** The partner’s code. */
  @Column({ type: 'varchar' })
  partner: string;

  @Column({ name: 'created_at', type: 'varchar' })
  createdAt: string;

  /** How often a log of SQLite’s was begun: what is noted of it outside tells a log that was removed or cut short. */
  @Column({ name: 'logs_begun', type: 'integer', default: 0 })
  logsBegun: number;
}
