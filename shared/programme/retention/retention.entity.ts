import { Column, Entity, PrimaryColumn } from 'typeorm';
import { PartOf } from '../../records/changes/record-writes.js';
import type { PersonalDataKind } from '../vocabulary/enums.js';

/** When one kind of a person’s data is erased, as far as a run of the retention has noted it. */
@Entity({ name: 'retention_notices' })
@PartOf('retention', 'person')
export class RetentionNotice {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  person: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  kind: PersonalDataKind;

  /** The day of the first run that found the data. Null after it was erased. */
  @Column({ name: 'found_on', type: 'varchar', collation: 'C', nullable: true })
  foundOn: string | null;

  /** Null until it is due soon. */
  @Column({ name: 'due_on', type: 'varchar', collation: 'C', nullable: true })
  dueOn: string | null;

  /** The day from which co-ordinators could read that it is due soon. */
  @Column({ name: 'noticed_on', type: 'varchar', collation: 'C', nullable: true })
  noticedOn: string | null;

  /** The last time. What is written later is noted again. */
  @Column({ name: 'erased_at', type: 'varchar', collation: 'C', nullable: true })
  erasedAt: string | null;
}

/** The last whole run of the retention. */
@Entity({ name: 'retention_runs' })
export class RetentionRun {
  @PrimaryColumn({ type: 'integer' })
  id: number;

  @Column({ name: 'ran_on', type: 'varchar', collation: 'C' })
  ranOn: string;
}
