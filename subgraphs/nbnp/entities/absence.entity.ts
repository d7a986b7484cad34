import { PartOf } from '@hub/shared/changes';
import { Access } from '@hub/shared/policy';
import { DateScalar } from '@hub/shared/scalars';
import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Group } from './group.entity.js';
import { Visit } from './visit.entity.js';
import { AbsenceReason } from './vocabulary.js';

@Entity({ name: 'absences' })
@PartOf('absences', 'groupId')
@Index('ix_absences_group', ['groupId', 'visitId', 'participantId'])
@ObjectType('Absence', {
  description: 'A member who did not travel on a visit of her group, or who left before its end.',
})
@Access('people')
export class Absence {
  @PrimaryColumn({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_absences_visit' })
  visitId: string;

  /** An officer of a police force, or a delegate of the offices. */
  @PrimaryColumn({ name: 'participant_id', type: 'varchar', collation: 'C' })
  participantId: string;

  @Column({ name: 'group_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Group, { name: 'fk_absences_group' })
  groupId: string;

  @Column({ name: 'from_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, {
    description:
      'The first day that she missed. On the first day of the visit or before, she did not travel at all and owes no report of it.',
  })
  from: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => AbsenceReason, {
    nullable: true,
    description: 'Why she did not travel, or left, as the network recorded it.',
  })
  @Access('identity')
  reason: AbsenceReason;
}
