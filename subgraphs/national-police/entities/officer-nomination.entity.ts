import { DateScalar } from '@hub/shared/graphql';
import { AboutPerson, Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Officer } from './officer.entity.js';

@Entity({ name: 'officer_nominations' })
@Index('ix_officer_nominations_group', ['groupId', 'id'])
@Index('ix_officer_nominations_officer', ['officerId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('OfficerNomination', { description: words.OfficerNomination.about })
@Access('people')
@AboutPerson(({ officerId }: OfficerNomination) => officerId)
export class OfficerNomination {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.OfficerNomination.id })
  @Self()
  id: string;

  /** The network owns the group. */
  @Column({ name: 'group_id', type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.OfficerNomination.groupId })
  @Self()
  groupId: string;

  @Column({ name: 'officer_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Officer, { name: 'fk_officer_nominations_officer' })
  officerId: string;

  @Column({ name: 'nominated_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: words.OfficerNomination.nominatedOn })
  @Self()
  nominatedOn: string;

  @Column({ name: 'withdrawn_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: words.OfficerNomination.withdrawnOn })
  @Self()
  withdrawnOn: string | null;

  @Column({ type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Why the police force proposes the officer, as text. Null after erasure.',
  })
  @Access('identity')
  @Self()
  motivation: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description: 'The version of the police force’s record, from 1. Send it back with a mutation.',
  })
  @Self()
  version: number;
}
