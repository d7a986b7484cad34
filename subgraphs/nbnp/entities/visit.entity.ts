import { CountryCodeScalar, DateScalar, LanguageTagScalar } from '@hub/shared/graphql';
import { AboutPerson, Access, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { codes } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import { PartOf } from '@hub/shared/records';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Group } from './group.entity.js';
import { AbsenceReason } from './vocabulary.js';

@Entity({ name: 'visits' })
@Index('ix_visits_group', ['groupId', 'startsOn', 'id'])
@Index('ix_visits_span', ['startsOn', 'endsOn'])
@Directive('@key(fields: "id")')
@ObjectType('Visit', { description: words.Visit.about })
@Access('visit')
export class Visit {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Visit.id })
  @Self()
  id: string;

  @Column({ name: 'group_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Group, { name: 'fk_visits_group' })
  groupId: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, { description: 'What the visit is called: `Oslo and Bergen`.' })
  @Self()
  title: string;

  @Column({ name: 'starts_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: 'First day as planned.' })
  @Self()
  startsOn: string | null;

  @Column({ name: 'ends_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, { nullable: true, description: 'Last day as planned.' })
  @Self()
  endsOn: string | null;

  @Column({ name: 'departed_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which the group set out; null before.',
  })
  @Self()
  departedOn: string | null;

  @Column({ name: 'returned_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which the group came back; null before.',
  })
  @Self()
  returnedOn: string | null;

  @Column({ name: 'cancelled_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description: 'The day on which the network cancelled it; null if it did not.',
  })
  @Self()
  cancelledOn: string | null;

  @Column({ name: 'cancel_reason', type: 'text', nullable: true })
  @Field(() => String, { nullable: true, description: 'Why it was cancelled; null if it was not.' })
  @Self()
  cancelReason: string | null;

  @Column({ name: 'practical_information', type: 'text', nullable: true })
  @Field(() => String, {
    nullable: true,
    description: 'What participants have to know before they set out.',
  })
  @Access('itinerary')
  @Self()
  practicalInformation: string | null;

  @Column({ name: 'information_version', type: 'integer', default: 1 })
  @Field(() => Int, {
    nullable: true,
    description:
      'Grows by one with each change of the practical information, so that it is known who has read which. The first one is 1.',
  })
  @Access('itinerary')
  @Self()
  informationVersion: number;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description: 'The version of the visit, from 1. Send it back with a mutation.',
  })
  @Self()
  version: number;
}

@Entity({ name: 'visit_hosts' })
@PartOf('hostCountries', 'visitId')
@Index('ix_visit_hosts_country', ['country', 'visitId'])
@ObjectType('VisitHost', {
  description: 'A country that hosts a visit, and the organisation that answers for it.',
})
@Access('open')
export class VisitHost {
  @PrimaryColumn({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_visit_hosts_visit', onDelete: 'CASCADE' })
  visitId: string;

  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => CountryCodeScalar, { description: 'A country that receives the group.' })
  country: string;

  @Column({ type: 'integer' })
  position: number;

  /** Decided when the hosts of the visit are written. */
  @Column({ name: 'answered_by', type: 'varchar', collation: 'C', default: codes.networkCode })
  @Field(() => String, {
    description:
      'Code of the organisation that hosts and confirms there: of a police force, `ncm` for the offices, or `nbnp` where no partner answers.',
  })
  owner: string;
}

@Entity({ name: 'expert_assignments' })
@Index('ix_expert_assignments_visit', ['visitId', 'id'])
@Index('ix_expert_assignments_expert', ['expertId', 'id'])
@Directive('@key(fields: "id")')
@ObjectType('ExpertAssignment', { description: words.ExpertAssignment.about })
@Access('itinerary')
@AboutPerson(({ expertId }: Partial<ExpertAssignment>) => expertId)
export class ExpertAssignment {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.ExpertAssignment.id })
  @Self()
  id: string;

  @Column({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_expert_assignments_visit' })
  visitId: string;

  @Column({ name: 'expert_id', type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.ExpertAssignment.expertId })
  expertId: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => vocabulary.SupportRole, { description: 'What the expert does on the visit.' })
  @Self()
  role: vocabulary.SupportRole;

  @Column({ type: 'simple-json' })
  @Field(() => [LanguageTagScalar], {
    description: 'The languages that the expert works in there.',
  })
  languages: string[];

  @Column({ name: 'assigned_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The day on which the network asked for the expert; null for an assignment from before this day was recorded.',
  })
  assignedOn: string | null;

  /** From the representation. */
  @Directive('@external')
  @Field(() => Boolean, { nullable: true, description: words.ExpertAssignment.loanGranted })
  loanGranted?: boolean | null;

  @Directive('@external')
  @Field(() => DateScalar, {
    nullable: true,
    description: words.ExpertAssignment.loanWithdrawnOn,
  })
  loanWithdrawnOn?: string | null;

  /** Null only while the police force is unavailable. */
  @Directive('@external')
  @Field(() => Boolean, { nullable: true, description: words.ExpertAssignment.isLoanPutBack })
  isLoanPutBack?: boolean | null;
}

@Entity({ name: 'absences' })
@PartOf('absences', 'groupId')
@Index('ix_absences_group', ['groupId', 'visitId', 'participantId'])
@ObjectType('Absence', {
  description: 'A member who did not travel on a visit of their group, or who left before its end.',
})
@Access('people')
@AboutPerson(({ participantId }: Absence) => participantId)
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
      'The first day that the member missed. If it is the first day of the visit or earlier, they did not travel at all, and owe no report of it.',
  })
  @Self()
  from: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => AbsenceReason, {
    nullable: true,
    description: 'Why the member did not travel, or left, as the network recorded it.',
  })
  @Access('identity')
  @Self()
  reason: AbsenceReason;
}

@Entity({ name: 'information_reads' })
@PartOf('informationReadBy', 'visitId')
@Index('ix_information_reads_person', ['participantId'])
@ObjectType('InformationRead', {
  description: 'That a member says that they have read the practical information of a visit.',
})
@Access('informationReads')
export class InformationRead {
  @PrimaryColumn({ name: 'visit_id', type: 'varchar', collation: 'C' })
  @ForeignKey(() => Visit, { name: 'fk_information_reads_visit' })
  visitId: string;

  /** An officer of a police force, or a delegate of the offices. */
  @PrimaryColumn({ name: 'participant_id', type: 'varchar', collation: 'C' })
  participantId: string;

  @Column({ name: 'information_version', type: 'integer' })
  informationVersion: number;

  @Column({ name: 'read_on', type: 'varchar', collation: 'C' })
  @Field(() => DateScalar, { description: 'The day on which the member last said so.' })
  on: string;
}
