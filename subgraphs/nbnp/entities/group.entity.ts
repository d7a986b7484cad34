import { DateScalar } from '@hub/shared/graphql';
import { Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Delegate } from './participant.interface.js';
import { Programme } from './programme.entity.js';
import { Direction } from './vocabulary.js';

@Entity({ name: 'groups' })
@Index('ix_groups_programme', ['programmeId', 'id'])
@Index('ix_groups_direction', ['direction', 'id'])
@Index('ix_groups_office', ['coordinatingOfficeId', 'id'])
@Index('ix_groups_from', ['fromSideId', 'id'])
@Index('ix_groups_to', ['toSideId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('Group', { description: words.Group.about })
@Access('open')
export class Group {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Group.id })
  id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { description: 'What the group is called: `Group 1, North-West Russia`.' })
  name: string;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => Direction, {
    nullable: true,
    description:
      'Which way a group of the founding document travels. Null for a group that goes between two sides of its programme.',
    deprecationReason: 'Use `from` and `to`.',
  })
  direction: Direction | null;

  /** Null for a group with a direction, as {@link toSideId}. */
  @Column({ name: 'from_side_id', type: 'varchar', collation: 'C', nullable: true })
  fromSideId: string | null;

  @Column({ name: 'to_side_id', type: 'varchar', collation: 'C', nullable: true })
  toSideId: string | null;

  @Column({ name: 'programme_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Programme, { name: 'fk_groups_programme' })
  programmeId: string;

  @Column({ name: 'coordinating_office_id', type: 'varchar', collation: 'C', nullable: true })
  coordinatingOfficeId: string | null;

  @Column({ name: 'planned_size', type: 'integer' })
  @Field(() => Int, {
    description: 'How many people it is planned for, within the sizes that the programme allows.',
  })
  plannedSize: number;

  @Column({ name: 'cancelled_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which the network cancelled the group; null for one that goes on.',
  })
  cancelledOn: string | null;

  @Column({ name: 'cancel_reason', type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'Why the network cancelled the group; null for one that goes on.',
  })
  @Access('cancelReason')
  @Self()
  cancelReason: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description:
      'The version of the network’s own record of the group, from 1. Send it back with a mutation.',
  })
  version: number;

  // The fields below belong to other organisations and come with the representation. Null means
  // that the owner is unavailable.

  @Directive('@external')
  @Field(() => [Delegate], { nullable: true, description: words.Group.delegates })
  @Access('peopleList')
  delegates?: Delegate[] | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.Group.delegateCount })
  delegateCount?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.Group.delegateNominationCount })
  delegateNominationCount?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.Group.officerNominationCount })
  officerNominationCount?: number | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: words.Group.delegatesSelectedOn })
  delegatesSelectedOn?: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: words.Group.delegatesBriefedOn })
  delegatesBriefedOn?: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: words.Group.delegatesDebriefedOn })
  delegatesDebriefedOn?: string | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.Group.delegateReportsReceived })
  delegateReportsReceived?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.Group.officerReportsReceived })
  officerReportsReceived?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.Group.delegateFormalitiesOpen })
  delegateFormalitiesOpen?: number | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.Group.officerFormalitiesOpen })
  officerFormalitiesOpen?: number | null;

  /** `programme { officeSignatureCount }` of the representation. */
  officeSignatureCount?: number | null;
}

/** A meeting of a Nordic-Baltic group. The offices record those of the other groups. */
@Entity({ name: 'meetings' })
@PartOf('meetings', 'groupId')
@ForeignKey(() => Group, ['groupId'], ['id'], { name: 'fk_meetings_group' })
@Directive('@shareable')
@ObjectType('GroupMeeting', { description: words.GroupMeeting.about })
export class GroupMeeting extends vocabulary.GroupMeetingFields {}
