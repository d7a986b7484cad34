import { AboutRecord } from '@hub/shared/records';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The offices' signature under the evaluation of a programme. */
@Entity({ name: 'programme_signatures' })
@AboutRecord('Programme', 'programmeId')
export class ProgrammeSignature {
  /** A programme of NBNP. */
  @PrimaryColumn({ type: 'varchar', name: 'programme_id', collation: 'C' })
  programmeId: string;

  @Column({ type: 'varchar', name: 'signed_on' })
  signedOn: string;
}
