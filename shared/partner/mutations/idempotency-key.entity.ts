import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A mutation that was executed with an idempotency key of an organisation. In every partner’s
 * database.
 */
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

  /**
   * SHA-256 of the rest of the input. Empty after the record’s person was erased, so that no input
   * matches.
   */
  @Column({ name: 'input_hash', type: 'varchar', collation: 'C' })
  inputHash: string;

  /** The record that the first call created, which repetitions return. */
  @Column({ name: 'record_id', type: 'varchar', collation: 'C' })
  recordId: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Index('ix_idempotency_keys_at')
  at: string;
}
