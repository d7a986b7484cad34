import { DateScalar, LanguageTagScalar, PartialDateScalar } from '@hub/shared/scalars';
import { Sector, TargetGroup } from '@hub/shared/vocabulary';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('CreateProgrammeInput', {
  description:
    "`idempotencyKey`: a repeated call with the same key changes nothing and returns the first call's result.",
})
export class CreateProgrammeInput {
  @Field(() => String)
  title: string;

  @Field(() => PartialDateScalar, { nullable: true })
  startsOn?: string | null;

  @Field(() => PartialDateScalar, { nullable: true })
  endsOn?: string | null;

  @Field(() => Int, { nullable: true })
  plannedGroups?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 10 })
  groupSizeMin?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 15 })
  groupSizeMax?: number | null;

  @Field(() => [TargetGroup])
  targetGroups: TargetGroup[];

  @Field(() => [Sector])
  sectorsToShow: Sector[];

  @Field(() => [LanguageTagScalar])
  workingLanguages: string[];

  @Field(() => ID, { nullable: true })
  idempotencyKey?: string | null;
}

@InputType('SignEvaluationInput')
export class SignEvaluationInput {
  @Field(() => ID)
  programme: string;

  @Field(() => String, { nullable: true })
  summary?: string | null;

  @Field(() => DateScalar)
  on: string;
}
