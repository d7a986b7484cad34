import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ItemRefusal } from './item-refusal.type.js';

/** What became of one item of a mutation. */
export interface ItemResult {
  /** The record or the person that the item is about, also if it was refused. */
  readonly id: string;
  /** Null of an item that was written. */
  readonly refusal: ItemRefusal | null;
}

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

  /** Of a mutation of several items, in their order. Null of any other. */
  @Column({ type: 'simple-json', nullable: true })
  results: readonly ItemResult[] | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Index('ix_idempotency_keys_at')
  at: string;
}
