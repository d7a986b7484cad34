import { DateScalar, LanguageTagScalar, PartialDateScalar, UrlScalar } from '@hub/shared/graphql';
import { Access } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { DeadlineKind, type Direction } from './vocabulary.js';

@ObjectType('Deadline', {
  description:
    'By when a programme wants something done. What waits is due by that day, and is overdue from the next. A deadline that has passed refuses nothing.',
})
@Access('open')
export class Deadline {
  @Field(() => DeadlineKind, { description: 'What has to be done.' })
  kind: DeadlineKind;

  @Field(() => Int, {
    description:
      'Days before the planned first day of the visit, or after the recorded return for `REPORT` and `DEBRIEFING`; 0 to 730.',
  })
  days: number;
}

@Entity({ name: 'programmes' })
@Directive('@key(fields: "id")')
@ObjectType('Programme', { description: words.Programme.about })
@Access('open')
export class Programme {
  @PrimaryColumn({ type: 'varchar', collation: 'C' })
  @Field(() => ID, { description: words.Programme.id })
  id: string;

  @Column({ type: 'varchar', collation: 'C' })
  @Field(() => String, {
    description: 'The title, as the founding document gives it or as its creator entered it.',
  })
  title: string;

  @Column({ name: 'starts_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'First day, month or year; null if no source says.',
  })
  startsOn: string | null;

  @Column({ name: 'ends_on', type: 'varchar', collation: 'C', nullable: true })
  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Last day, month or year; null if no source says.',
  })
  endsOn: string | null;

  @Column({ name: 'planned_groups', type: 'integer', nullable: true })
  @Field(() => Int, {
    nullable: true,
    description: 'How many groups were planned; null if no source says.',
  })
  plannedGroups: number | null;

  @Column({ name: 'group_size_min', type: 'integer' })
  @Field(() => Int, { description: 'The smallest group that it allows, in people.' })
  groupSizeMin: number;

  @Column({ name: 'group_size_max', type: 'integer' })
  @Field(() => Int, { description: 'The largest group that it allows, in people.' })
  groupSizeMax: number;

  @Column({ name: 'target_groups', type: 'simple-json' })
  @Field(() => [vocabulary.TargetGroup], {
    description: 'The kinds of authority whose people may travel.',
  })
  targetGroups: vocabulary.TargetGroup[];

  @Column({ name: 'sectors_to_show', type: 'simple-json' })
  @Field(() => [vocabulary.Sector], {
    description: 'The sectors that a group should see on its visits.',
  })
  sectorsToShow: vocabulary.Sector[];

  @Column({ name: 'working_languages', type: 'simple-json' })
  @Field(() => [LanguageTagScalar], { description: 'The languages that its seminars are held in.' })
  workingLanguages: string[];

  /** Null if it states none. */
  @Column({ type: 'simple-json', nullable: true })
  deadlines: Deadline[] | null;

  /** Codes of regions; null if not documented. */
  @Column({ name: 'areas_to_involve', type: 'simple-json', nullable: true })
  areaCodes: string[] | null;

  /** False if the groups are not documented. They are then unknown, which differs from none. */
  @Column({ name: 'has_documented_groups', type: 'boolean' })
  hasDocumentedGroups: boolean;

  /**
   * What groups of each direction should see; null if the programme is the same for both
   * directions.
   */
  @Column({ name: 'sectors_by_direction', type: 'simple-json', nullable: true })
  sectorsByDirection: Readonly<Record<Direction, readonly vocabulary.Sector[]>> | null;

  @Column({ name: 'is_rehearsal', type: 'boolean', default: false })
  @Field(() => Boolean, {
    description:
      'True for a rehearsal: whatever belongs to it is invented, and no list of facts or statistics counts it.',
  })
  isRehearsal: boolean;

  @Column({ type: 'varchar', collation: 'C', nullable: true })
  @Field(() => UrlScalar, {
    nullable: true,
    description:
      'The page that states the plan. Null for a programme that the network planned here.',
  })
  source: string | null;

  @Column({ type: 'integer', default: 1 })
  @Field(() => Int, {
    description: 'Grows by one with every change. Send it back with a change of this programme.',
  })
  version: number;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: words.Programme.officeSignedOn })
  officeSignedOn?: string | null;

  @Directive('@external')
  @Field(() => Int, { nullable: true, description: words.Programme.officeSignatureCount })
  officeSignatureCount?: number | null;
}
