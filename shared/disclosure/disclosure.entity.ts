import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One reading of an organisation’s restricted data. Each holds the hash of the one before it. */
@Entity({ name: 'disclosures' })
export class DisclosureRecord {
  @PrimaryColumn({ type: 'integer' })
  sequence: number;

  @Column({ type: 'varchar' })
  @Index('ix_disclosures_at')
  at: string;

  @Column({ name: 'reader_organisation', type: 'varchar' })
  readerOrganisation: string;

  @Column({ type: 'varchar' })
  reader: string;

  @Column({ type: 'varchar' })
  role: string;

  @Column({ type: 'varchar', nullable: true })
  purpose: string | null;

  @Column({ name: 'operation_name', type: 'varchar', nullable: true })
  operationName: string | null;

  @Column({ type: 'varchar' })
  type: string;

  @Column({ type: 'simple-json' })
  fields: string[];

  @Column({ type: 'integer' })
  records: number;

  @Column({ name: 'previous_hash', type: 'varchar' })
  previousHash: string;

  @Column({ type: 'varchar' })
  hash: string;
}
