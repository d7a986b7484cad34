import { LanguageTagScalar, PartialDateScalar } from '@hub/shared/scalars';
import { Sector, TargetGroup, words } from '@hub/shared/vocabulary';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('CreateProgrammeInput', { description: 'A new mobility programme.' })
export class CreateProgrammeInput {
  @Field(() => String, { description: 'Its title, at most 300 characters.' })
  title: string;

  @Field(() => PartialDateScalar, { nullable: true, description: 'First day, month or year.' })
  startsOn?: string | null;

  @Field(() => PartialDateScalar, { nullable: true, description: 'Last day, month or year.' })
  endsOn?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many groups are planned.' })
  plannedGroups?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 10,
    description: 'The smallest group that it allows, in people.',
  })
  groupSizeMin?: number | null;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 15,
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

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}
