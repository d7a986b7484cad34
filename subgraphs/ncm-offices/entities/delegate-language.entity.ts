import { PartOf } from '@hub/shared/records';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Delegate } from './delegate.entity.js';

/** A language that a delegate speaks, in its own table so that the database can filter by it. */
@Entity({ name: 'delegate_languages' })
@PartOf('languages', 'delegateId')
@Index('delegate_languages_by_tag', ['tag', 'delegateId'])
export class DelegateLanguage {
  @PrimaryColumn({ type: 'varchar', name: 'delegate_id', collation: 'C' })
  @ForeignKey(() => Delegate, { name: 'delegate_languages_delegate', onDelete: 'CASCADE' })
  delegateId: string;

  /** BCP 47. */
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  tag: string;

  /** The position in the delegate's own order, best language first. */
  @Column({ type: 'integer' })
  place: number;
}
