import { DateScalar } from '@hub/shared/graphql';
import { Happened } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'The offices’ signature under an evaluation, or its withdrawal.' })
export class SignOfficeEvaluationInput {
  @Field(() => ID, { description: 'Id of the programme that is evaluated.' })
  programme: string;

  @Field(() => DateScalar, { description: 'The day of the signature, or of its withdrawal.' })
  @Happened()
  on: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'The `officeEvaluation.version` that is signed, or was. `CONFLICT` with `currentVersion` when the draft has changed since. Not checked if left out.',
  })
  version?: number | null;
}

@InputType({ description: 'The offices’ part of an evaluation.' })
export class DraftOfficeEvaluationInput {
  @Field(() => ID, { description: 'Id of the programme that is evaluated.' })
  programme: string;

  @Field(() => String, { description: 'The offices’ assessment in words.' })
  summary: string;

  @Field(() => [vocabulary.FindingInput], {
    nullable: true,
    description: 'All findings, in their order. They stay if left out; null removes them.',
  })
  findings?: vocabulary.FindingInput[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'All recommendations, in their order. They stay if left out; null removes them.',
  })
  recommendations?: string[] | null;

  @Field(() => Int, {
    description:
      'The `officeEvaluation.version` on which the draft was written; 0 for the first draft.',
  })
  version: number;
}
