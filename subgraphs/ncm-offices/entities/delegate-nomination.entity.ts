import { DateScalar } from '@hub/shared/scalars';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Delegate } from './delegate.entity.js';
import { NominationStatus } from './vocabulary.js';

@Directive('@key(fields: "id")')
@ObjectType()
@Entity({ name: 'delegate_nominations' })
// With the id, by which every page of a filtered list is sorted.
@Index('delegate_nominations_by_group', ['groupId', 'id'])
@Index('delegate_nominations_by_status', ['status', 'id'])
@Index('delegate_nominations_by_delegate', ['delegateId', 'id'])
export class DelegateNomination {
  @Field(() => ID)
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  id: string;

  /** A group of NBNP's. */
  @Column({ type: 'varchar', name: 'group_id', collation: 'C' })
  groupId: string;

  @ForeignKey(() => Delegate, { name: 'delegate_nominations_delegate' })
  @Column({ type: 'varchar', name: 'delegate_id', collation: 'C' })
  delegateId: string;

  @Field(() => DateScalar)
  @Column({ type: 'varchar', name: 'nominated_on' })
  nominatedOn: string;

  @Field(() => NominationStatus)
  @Column({ type: 'varchar', collation: 'C' })
  status: NominationStatus;

  @Field(() => DateScalar, { nullable: true })
  @Column({ type: 'varchar', name: 'decided_on', collation: 'C', nullable: true })
  decidedOn: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The local authority that decided together with the office.',
  })
  @Column({ type: 'varchar', name: 'local_authority', nullable: true })
  localAuthority: string | null;

  @Field(() => String, { nullable: true })
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Field(() => Int)
  @Column({ type: 'integer' })
  version: number;
}
