import { AboutRecord } from '@hub/shared/records';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Expert } from './expert.entity.js';

/** This police force’s decision on a request of the network for one of its experts. */
@Entity({ name: 'expert_loans' })
@Index('ix_expert_loans_expert', ['expertId', 'assignmentId'])
@AboutRecord('ExpertAssignment', 'assignmentId')
export class ExpertLoan {
  /** The network owns the assignment. */
  @PrimaryColumn({ name: 'assignment_id', type: 'varchar', collation: 'C' })
  assignmentId: string;

  @Column({ name: 'expert_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Expert, { name: 'fk_expert_loans_expert' })
  expertId: string;

  @Column({ name: 'loan_granted', type: 'boolean' })
  loanGranted: boolean;

  @Column({ name: 'loan_decided_on', type: 'varchar', collation: 'C' })
  loanDecidedOn: string;

  @Column({ name: 'loan_reason', type: 'text', nullable: true })
  loanReason: string | null;

  /** The version of the visit that it was granted for; null if nobody recorded it. */
  @Column({ name: 'granted_version', type: 'integer', nullable: true })
  grantedVersion: number | null;

  @Column({ name: 'withdrawn_on', type: 'varchar', collation: 'C', nullable: true })
  withdrawnOn: string | null;

  @Column({ name: 'withdraw_reason', type: 'text', nullable: true })
  withdrawReason: string | null;
}
