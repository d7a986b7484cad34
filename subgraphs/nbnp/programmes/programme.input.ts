import { LanguageTagScalar, PartialDateScalar } from '@hub/shared/graphql';
import { AtLeast, Distinct, Must, NotBefore, NotNull, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';
import { DeadlineKind, Direction } from '../entities/vocabulary.js';
import { PartyRoleInput } from '../network/party-role.input.js';
import { SideInput } from '../sides/side.input.js';

/** The sizes of groups by default, in people. Source: the founding document, “10-15 people”. */
export const usualGroupSize = { min: 10, max: 15 } as const;

@InputType('PlannedJourneyInput', {
  description:
    'A journey that a programme plans for all groups that go from one side to another, or in one documented direction.',
})
export class PlannedJourneyInput {
  @Field(() => Direction, {
    nullable: true,
    description: 'A documented direction, in place of `from` and `to`.',
    deprecationReason: 'Use `from` and `to`.',
  })
  direction?: Direction | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the side of the programme that its groups start from.',
  })
  from?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the side of the programme that they visit.',
  })
  to?: string | null;

  @Field(() => Int, { description: 'How long it takes, in weeks.' })
  @AtLeast(1, 'A journey must take at least one week.')
  weeks: number;

  @Field(() => String, { description: 'Where it leads to, in words: `a Nordic country`.' })
  destination: string;
}

const isEachKindOnce = (deadlines: unknown): boolean =>
  Array.isArray(deadlines) &&
  new Set(deadlines.map(({ kind }: DeadlineInput) => kind)).size === deadlines.length;

@InputType('DeadlineInput', { description: 'By when a programme wants something done.' })
export class DeadlineInput {
  @Field(() => DeadlineKind, { description: 'What has to be done.' })
  kind: DeadlineKind;

  @Field(() => Int, {
    description:
      'Days before the planned first day of the visit, or after the recorded return for `REPORT` and `DEBRIEFING`; 0 to 730.',
  })
  @Must('`days` must be between 0 and 730.', (days) => Number(days) >= 0 && Number(days) <= 730)
  days: number;
}

/** The plan of a programme that can be given later too. The inputs extend it. */
@InputType('ProgrammePlan')
export abstract class ProgrammePlan {
  @Field(() => PartialDateScalar, { nullable: true, description: 'First day, month or year.' })
  startsOn?: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Last day, month or year.',
  })
  @NotBefore('startsOn')
  endsOn?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many groups are planned.' })
  @AtLeast(1, 'The planned number of groups must be at least one; without a plan it is null.')
  plannedGroups?: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What the programme is for, in the order to show them. Read them as its statements of kind `AIM`.',
  })
  @Distinct()
  aims?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Codes of the regions that it plans to reach in addition to those of its offices: `RU-MUR`.',
  })
  @Distinct()
  areasToInvolve?: string[] | null;

  @Field(() => [PartyRoleInput], {
    nullable: true,
    description: 'The bodies that run it, in the order to show them.',
  })
  @Distinct()
  roles?: PartyRoleInput[] | null;

  @Field(() => [PlannedJourneyInput], {
    nullable: true,
    description: 'The journeys that it plans, at most one from each side to another.',
  })
  plannedJourneys?: PlannedJourneyInput[] | null;

  @Field(() => [DeadlineInput], {
    nullable: true,
    description: 'By when it wants things done. A deadline that has passed refuses nothing.',
  })
  @Must('Each `kind` once.', isEachKindOnce, 'A programme states one deadline of each kind.')
  deadlines?: DeadlineInput[] | null;

  @Field(() => [SideInput], {
    nullable: true,
    description:
      'The sides that its journeys go between, in the order to show them. A side that keeps its name keeps its id.',
  })
  sides?: SideInput[] | null;
}

@InputType('CreateProgrammeInput', { description: 'A new mobility programme.' })
export class CreateProgrammeInput extends ProgrammePlan {
  @Field(() => String, { description: 'Its title.' })
  title: string;

  @Field(() => Int, {
    nullable: true,
    defaultValue: usualGroupSize.min,
    description: 'The smallest group that it allows, in people.',
  })
  @AtLeast(1, 'A group must have at least one member.')
  groupSizeMin?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: usualGroupSize.max,
    description: 'The largest group that it allows, in people.',
  })
  groupSizeMax?: number | null;

  @Field(() => [vocabulary.TargetGroup], {
    description: 'The kinds of authority whose people may travel.',
  })
  @Distinct(1)
  targetGroups: vocabulary.TargetGroup[];

  @Field(() => [vocabulary.Sector], { description: 'The sectors that a group should see.' })
  @Distinct()
  sectorsToShow: vocabulary.Sector[];

  @Field(() => [LanguageTagScalar], { description: 'The languages that its seminars are held in.' })
  @Distinct()
  workingLanguages: string[];

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      'True to train people with it: nothing of it counts as a fact, and no real person travels.',
  })
  isRehearsal?: boolean | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('ChangeProgrammeInput', {
  description:
    'A change of a programme’s plan. What is left out stays as it is; null removes a value. A list replaces the whole list.',
})
export class ChangeProgrammeInput extends ProgrammePlan {
  @Field(() => ID, { description: 'Id of the programme.' })
  programme: string;

  @Field(() => String, { nullable: true, description: 'Its title.' })
  @NotNull()
  title?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The smallest group that it allows, in people, until the first nomination.',
  })
  @NotNull()
  @AtLeast(1, 'A group must have at least one member.')
  groupSizeMin?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The largest group that it allows, in people, until the first nomination.',
  })
  @NotNull()
  groupSizeMax?: number | null;

  @Field(() => [vocabulary.TargetGroup], {
    nullable: true,
    description: 'The kinds of authority whose people may travel, until the first nomination.',
  })
  @NotNull()
  @Distinct(1)
  targetGroups?: vocabulary.TargetGroup[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is a rehearsal, as long as it has no group. It only becomes one while it also has no event, no aim or other statement, and no source.',
  })
  @NotNull()
  isRehearsal?: boolean | null;

  @Field(() => [vocabulary.Sector], {
    nullable: true,
    description:
      'The sectors that a group should see. One that is new counts for both directions, also where the programme distinguishes them.',
  })
  @NotNull()
  @Distinct()
  sectorsToShow?: vocabulary.Sector[] | null;

  @Field(() => [LanguageTagScalar], {
    nullable: true,
    description: 'The languages that its seminars are held in.',
  })
  @NotNull()
  @Distinct()
  workingLanguages?: string[] | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('RemoveProgrammeInput', { description: 'A mistaken programme, and why it goes.' })
export class RemoveProgrammeInput {
  @Field(() => ID, { description: 'Id of the programme.' })
  programme: string;

  @Field(() => String, { description: words.Input.removalReason })
  reason: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}
