import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The single row with the last manifest that a partner’s server published. In every partner’s database. */
@Entity({ name: 'published_manifest' })
export class PublishedManifest {
  /** Always 1. */
  @PrimaryColumn({ type: 'integer' })
  id: number;

  /** The manifest’s sequence, in digits: PostgreSQL’s integers are too small, and its larger ones are texts. */
  @Column({ type: 'varchar', collation: 'C' })
  sequence: string;

  /** When it was published. */
  @Column({ name: 'issued_at', type: 'varchar', collation: 'C' })
  issuedAt: string;

  /** The SHA-256 of what it said, and of the name of its key. */
  @Column({ type: 'varchar', collation: 'C' })
  digest: string;
}
