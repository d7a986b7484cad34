import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A mutation that has been done once under a key of an organisation’s. In every partner’s database. */
@Entity({ name: 'idempotency_keys' })
@Index('ix_idempotency_keys_record', ['recordId'])
export class IdempotencyKey {
  /** The organisation that chose the key. */
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  organisation: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  key: string;

  @Column({ type: 'varchar', collation: 'C' })
  mutation: string;

  /** SHA-256 of the rest of the input; empty once the record’s person is erased, so that no input fits any more. */
  @Column({ name: 'input_hash', type: 'varchar', collation: 'C' })
  inputHash: string;

  /** The record that the first call made, and that each repetition answers with. */
  @Column({ name: 'record_id', type: 'varchar', collation: 'C' })
  recordId: string;

  @Column({ type: 'varchar', collation: 'C' })
  at: string;
}
