import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The single row that identifies a database: its partner and its creation. */
@Entity({ name: 'database_mark' })
export class DatabaseMark {
  /** A random id from the creation of the database. */
  @PrimaryColumn({ type: 'varchar' })
  id: string;

  /** The partner’s code. */
  @Column({ type: 'varchar' })
  partner: string;

  @Column({ name: 'created_at', type: 'varchar' })
  createdAt: string;

  /**
   * How often SQLite began a log. Compared with the identity file, it shows a log that was removed
   * or cut short.
   */
  @Column({ name: 'logs_begun', type: 'integer', default: 0 })
  logsBegun: number;
}
