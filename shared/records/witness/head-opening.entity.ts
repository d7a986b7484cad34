import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a head of this partner hides. */
@Entity({ name: 'head_openings' })
export class HeadOpening {
  /** The commitment to the end. */
  @PrimaryColumn({ type: 'varchar' })
  end: string;

  @Column({ type: 'integer' })
  links: number;

  @Column({ type: 'varchar' })
  hash: string;

  @Column({ type: 'varchar' })
  salt: string;
}
