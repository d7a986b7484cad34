import { LanguageTagScalar, PartialDateScalar } from '@hub/shared/graphql';
import { words } from '@hub/shared/partner';
import { Sector, TargetGroup } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';
import { Direction } from '../entities/vocabulary.js';
import { PartyRoleInput } from '../network/party-role.input.js';

/** The sizes of groups by default, in people. Source: the founding document, “10-15 people”. */
export const usualGroupSize = { min: 10, max: 15 } as const;

@InputType('PlannedJourneyInput', {
  description: 'A journey that a programme plans for all groups of one direction.',
})
export class PlannedJourneyInput {
  @Field(() => Direction, {
    description: 'Which way its groups travel. A programme plans one journey for each direction.',
  })
  direction: Direction;

  @Field(() => Int, { description: 'How long it takes, in weeks; at least 1.' })
  weeks: number;

  @Field(() => String, { description: 'Where it leads to, in words: `a Nordic country`.' })
  destination: string;
}

/** The plan of a programme that can be given later too. The inputs extend it. */
@InputType('ProgrammePlan')
export abstract class ProgrammePlan {
  @Field(() => PartialDateScalar, { nullable: true, description: 'First day, month or year.' })
  startsOn?: string | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'Last day, month or year: not before `startsOn`.',
  })
  endsOn?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many groups are planned.' })
  plannedGroups?: number | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'What the programme is for, in the order to show them. Read them as its statements of kind `AIM`.',
  })
  aims?: string[] | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Codes of the regions that it plans to reach in addition to those of its offices: `RU-MUR`.',
  })
  areasToInvolve?: string[] | null;

  @Field(() => [PartyRoleInput], {
    nullable: true,
    description: 'The bodies that run it, in the order to show them.',
  })
  roles?: PartyRoleInput[] | null;

  @Field(() => [PlannedJourneyInput], {
    nullable: true,
    description: 'The journeys that it plans, at most one for each direction.',
  })
  plannedJourneys?: PlannedJourneyInput[] | null;
}

@InputType('CreateProgrammeInput', { description: 'A new mobility programme.' })
export class CreateProgrammeInput extends ProgrammePlan {
  @Field(() => String, { description: 'Its title, at most 300 characters.' })
  title: string;

  @Field(() => Int, {
    nullable: true,
    defaultValue: usualGroupSize.min,
    description: 'The smallest group that it allows, in people.',
  })
  groupSizeMin?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: usualGroupSize.max,
    description: 'The largest group that it allows, in people.',
  })
  groupSizeMax?: number | null;

  @Field(() => [TargetGroup], {
    description: 'The kinds of authority whose people may travel, at least one.',
  })
  targetGroups: TargetGroup[];

  @Field(() => [Sector], { description: 'The sectors that a group should see.' })
  sectorsToShow: Sector[];

  @Field(() => [LanguageTagScalar], { description: 'The languages that its seminars are held in.' })
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

  @Field(() => String, { nullable: true, description: 'Its title, at most 300 characters.' })
  title?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The smallest group that it allows, in people, until the first nomination.',
  })
  groupSizeMin?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The largest group that it allows, in people, until the first nomination.',
  })
  groupSizeMax?: number | null;

  @Field(() => [TargetGroup], {
    nullable: true,
    description:
      'The kinds of authority whose people may travel, at least one, until the first nomination.',
  })
  targetGroups?: TargetGroup[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether it is a rehearsal, as long as it has no group. It only becomes one while it also has no event, no aim or other statement, and no source.',
  })
  isRehearsal?: boolean | null;

  @Field(() => [Sector], {
    nullable: true,
    description:
      'The sectors that a group should see. One that is new counts for both directions, also where the programme distinguishes them.',
  })
  sectorsToShow?: Sector[] | null;

  @Field(() => [LanguageTagScalar], {
    nullable: true,
    description: 'The languages that its seminars are held in.',
  })
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
