import { DateScalar } from '@hub/shared/graphql';
import { AboutPerson, Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Group } from './group.entity.js';

/** The network’s decision on a police force’s nomination. There is no row before a decision. */
@Entity({ name: 'officer_nominations' })
@Index('ix_officer_nominations_group', ['groupId', 'id'])
@Index('ix_officer_nominations_officer', ['officerId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('OfficerNomination', { description: words.OfficerNomination.about })
@Access('people')
@AboutPerson(({ officerId }: Partial<OfficerNomination>) => officerId)
export class OfficerNomination {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.OfficerNomination.id })
  @Self()
  id: string;

  @Column({ name: 'group_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Group, { name: 'fk_officer_nominations_group' })
  @Directive('@external')
  @Field(() => ID, { description: words.OfficerNomination.groupId })
  @Self()
  groupId: string;

  @Column({ name: 'officer_id', type: 'varchar', collation: 'C' })
  officerId: string;

  @Column({ name: 'accepted_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day on which the network accepted the officer, as a member or as a reserve; null before.',
  })
  @Self()
  acceptedOn: string | null;

  @Column({ type: 'boolean', default: false })
  @Field(() => Boolean, {
    nullable: true,
    description:
      'True for an officer who is accepted without a place, who becomes a member when the network accepts them again, without `reserve`. Null before a decision.',
  })
  @Self()
  reserve: boolean;

  @Column({ name: 'decision_version', type: 'integer', default: 1 })
  @Field(() => Int, {
    nullable: true,
    description:
      'The version of the network’s decision: 0 before one, and higher with each. Send it with a decision that changes another.',
  })
  decisionVersion: number;

  /** The nomination of whoever took part before her. */
  @Column({ name: 'replaces_id', type: 'varchar', collation: 'C', nullable: true })
  replacesId: string | null;

  /** Also set on release: an officer who was accepted and then declined is not a member. */
  @Column({ name: 'declined_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which the network declined or released the officer; null otherwise.',
  })
  @Self()
  declinedOn: string | null;

  @Column({ name: 'decline_reason', type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Why the network declined or released the officer.',
    deprecationReason: 'Use `reason`.',
  })
  @Access('identity')
  @Self()
  declineReason: string | null;

  /** The police force’s own. Null while it is unavailable. */
  @Directive('@external')
  @Field(() => DateScalar, { description: words.OfficerNomination.nominatedOn })
  nominatedOn?: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: words.OfficerNomination.withdrawnOn })
  withdrawnOn?: string | null;
}
