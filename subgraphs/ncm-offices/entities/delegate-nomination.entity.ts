import { DateScalar } from '@hub/shared/graphql';
import { AboutPerson, Access, Self } from '@hub/shared/identity';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Delegate } from './delegate.entity.js';
import { NominationStatus } from './vocabulary.js';

@Entity({ name: 'delegate_nominations' })
// With the id, because pages of a filtered list are sorted by it.
@Index('delegate_nominations_by_group', ['groupId', 'id'])
@Index('delegate_nominations_by_status', ['status', 'id'])
@Index('delegate_nominations_by_delegate', ['delegateId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType({
  description: 'An office’s proposal of a delegate for a group, and the decision on it.',
})
@Access('people')
@AboutPerson(({ delegateId }: DelegateNomination) => delegateId)
export class DelegateNomination {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: '`ncm:` and a local part.' })
  @Self()
  id: string;

  /** A group of NBNP. */
  @Column({ type: 'varchar', name: 'group_id', collation: 'C' })
  @Field(() => ID, { description: 'Id of the group that the delegate is proposed for: `nbnp:…`.' })
  @Self()
  groupId: string;

  @Column({ type: 'varchar', name: 'delegate_id', collation: 'C' })
  @ForeignKey(() => Delegate, { name: 'delegate_nominations_delegate' })
  delegateId: string;

  @Column({ type: 'varchar', name: 'nominated_on', collation: 'C' })
  @Field(() => DateScalar, { description: 'The day of the proposal.' })
  @Self()
  nominatedOn: string;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Why the office proposes the delegate, as text. Null after erasure.',
  })
  @Access('identity')
  @Self()
  motivation: string | null;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => NominationStatus, { description: 'The latest decision.' })
  @Self()
  status: NominationStatus;

  @Column({ type: 'varchar', name: 'decided_on', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day of the latest decision; null before the first.',
  })
  @Self()
  decidedOn: string | null;

  @Column({ type: 'varchar', name: 'local_authority', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The local authority that decided together with the office.',
  })
  localAuthority: string | null;

  /** An organisation of NBNP. */
  @Column({ type: 'varchar', name: 'authority_id', collation: 'C', nullable: true })
  authorityId: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'The reason for the decision, as text. Null after erasure.',
  })
  @Access('identity')
  @Self()
  reason: string | null;

  @Column({ type: 'boolean', default: false })
  @Field(() => Boolean, {
    nullable: true,
    description:
      'True for a delegate who is selected without a place, who becomes a member when selected again, without `reserve`.',
  })
  @Self()
  reserve: boolean;

  /** The nomination of whoever took part before. */
  @Column({ type: 'varchar', name: 'replaces_id', collation: 'C', nullable: true })
  replacesId: string | null;

  @Column({ type: 'integer' })
  @Field(() => Int, {
    description: 'The version of the nomination, from 1. Send it back with a mutation.',
  })
  @Self()
  version: number;
}
