import { AboutRecord } from '@hub/shared/records';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The offices' part of the evaluation of a programme, first a draft and then signed. */
@Entity({ name: 'evaluation_texts' })
@AboutRecord('Programme', 'programmeId')
export class EvaluationText {
  /** A programme of NBNP. */
  @PrimaryColumn({ type: 'varchar', name: 'programme_id', collation: 'C' })
  programmeId: string;

  @Column({ type: 'text' })
  summary: string;

  @Column({ type: 'integer' })
  version: number;
}
