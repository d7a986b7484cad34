import { DateScalar } from '@hub/shared/graphql';
import { Happened } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('SignEvaluationInput', { description: 'The network’s signature under an evaluation.' })
export class SignEvaluationInput {
  @Field(() => ID, { description: 'Id of the programme that is evaluated.' })
  programme: string;

  @Field(() => String, {
    nullable: true,
    description: 'The assessment in words. The draft’s summary stays if it is left out.',
  })
  summary?: string | null;

  @Field(() => DateScalar, { description: 'The day of the signature.' })
  @Happened()
  on: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version of the evaluation that is signed. `CONFLICT` with `currentVersion` when its draft has changed since. Not checked if left out.',
  })
  version?: number | null;
}

@InputType('DraftEvaluationInput', {
  description:
    'The network’s part of an evaluation. What is left out stays as it is; null removes it.',
})
export class DraftEvaluationInput {
  @Field(() => ID, { description: 'Id of the programme that is evaluated.' })
  programme: string;

  @Field(() => String, { nullable: true, description: 'The assessment in words.' })
  summary?: string | null;

  @Field(() => [vocabulary.FindingInput], {
    nullable: true,
    description: 'All findings, in their order.',
  })
  findings?: vocabulary.FindingInput[] | null;

  @Field(() => [String], { nullable: true, description: 'All recommendations, in their order.' })
  recommendations?: string[] | null;

  @Field(() => Int, {
    description: 'The evaluation’s version on which the draft was written; 0 for the first draft.',
  })
  version: number;
}
