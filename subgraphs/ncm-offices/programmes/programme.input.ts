import { DateScalar } from '@hub/shared/graphql';
import { Happened } from '@hub/shared/partner';
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
      'The `officeEvaluationVersion` that is signed, or was. `CONFLICT` with `currentVersion` when the draft has changed since. Not checked if left out.',
  })
  version?: number | null;
}

@InputType({ description: 'The offices’ part of an evaluation.' })
export class DraftOfficeEvaluationInput {
  @Field(() => ID, { description: 'Id of the programme that is evaluated.' })
  programme: string;

  @Field(() => String, { description: 'The offices’ assessment in words.' })
  summary: string;

  @Field(() => Int, {
    description:
      'The `officeEvaluationVersion` on which the draft was written; 0 for the first draft.',
  })
  version: number;
}
