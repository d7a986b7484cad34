import { DateScalar } from '@hub/shared/scalars';
import { words } from '@hub/shared/vocabulary';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('AcceptOfficerInput', {
  description: 'A nominee whom the network accepts into a group.',
})
export class AcceptOfficerInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => ID, { description: 'Id of the police force’s nomination.' })
  nomination: string;

  @Field(() => ID, { description: 'Id of the officer who is nominated.' })
  officer: string;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  on: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType('DeclineOfficerInput', {
  description: 'A nominee whom the network declines, or a member whom it releases.',
})
export class DeclineOfficerInput extends AcceptOfficerInput {
  @Field(() => String, {
    nullable: true,
    description: 'The reason, as text. Restricted like `OfficerNomination.declineReason`.',
  })
  reason?: string | null;
}
