import { DateScalar } from '@hub/shared/graphql';
import { Happened, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';

@InputType('NominateOfficerInput', { description: 'A proposal of an officer for a group.' })
export class NominateOfficerInput {
  @Field(() => ID, {
    description:
      'Id of the group, which goes from a side of the police force’s country, or to North-West Russia.',
  })
  group: string;

  @Field(() => ID, { description: 'Id of the officer.' })
  officer: string;

  @Field(() => DateScalar, { description: 'The day of the proposal.' })
  @Happened()
  on: string;

  @Field(() => String, {
    nullable: true,
    description: 'The reason, as text. Restricted like `OfficerNomination.motivation`.',
  })
  motivation?: string | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType('WithdrawOfficerInput', { description: 'A nomination to withdraw.' })
export class WithdrawOfficerInput {
  @Field(() => ID, { description: 'Id of the nomination.' })
  nomination: string;

  @Field(() => DateScalar, { description: 'The day of the withdrawal.' })
  @Happened()
  on: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}
