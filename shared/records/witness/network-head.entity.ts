import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of the heads of all partners’ records, as this partner has verified and kept it. */
@Entity({ name: 'network_heads' })
export class NetworkHead {
  /** The number of the line. */
  @PrimaryColumn({ type: 'integer' })
  sequence: number;

  @Column({ type: 'varchar' })
  hash: string;

  /** Whose head it is. */
  @Column({ type: 'varchar' })
  partner: string;

  /** The whole line, as the hub published it. */
  @Column({ type: 'varchar' })
  line: string;
}
