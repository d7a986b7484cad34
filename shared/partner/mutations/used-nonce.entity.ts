import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The nonce of an accepted mutation. In every partner’s database. */
@Entity({ name: 'used_nonces' })
export class UsedNonce {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  nonce: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Index('ix_used_nonces_at')
  at: string;
}
