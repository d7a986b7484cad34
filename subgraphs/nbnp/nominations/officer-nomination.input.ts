import { DateScalar } from '@hub/shared/graphql';
import { Happened, Items, words } from '@hub/shared/partner';
import { Field, ID, InputType, Int } from 'type-graphql';
import { OfficerDecision } from '../entities/vocabulary.js';

/** A decision of the network on a nominee. */
@InputType()
abstract class OfficerDecisionInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => ID, { description: 'Id of the police force’s nomination.' })
  nomination: string;

  @Field(() => ID, { description: 'Id of the officer who is nominated.' })
  officer: string;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  @Happened()
  on: string;

  @Field(() => Int, { description: 'The version of the nomination that the decision is about.' })
  version: number;

  @Field(() => Int, {
    defaultValue: 0,
    description:
      'The `OfficerNomination.decisionVersion` that the decision changes: 0 for a nominee on whom the network has not decided. Another one is `CONFLICT`.',
  })
  decisionVersion: number;
}

@InputType('AcceptOfficerInput', {
  description: 'A nominee whom the network accepts into a group.',
})
export class AcceptOfficerInput extends OfficerDecisionInput {
  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the nomination of somebody of the same group whose place the officer takes: declined or released, or absent from the first day of a visit, and thereby released.',
  })
  replaces?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'True to accept the officer without a place, also into a full group. Accept them again without it to make them a member.',
  })
  reserve?: boolean | null;
}

@InputType('DeclineOfficerInput', {
  description: 'A nominee whom the network declines, or a member whom it releases.',
})
export class DeclineOfficerInput extends OfficerDecisionInput {
  @Field(() => String, {
    nullable: true,
    description: 'The reason, as text. Restricted like `OfficerNomination.reason`.',
  })
  reason?: string | null;
}

@InputType('ReopenOfficerNominationInput', {
  description: 'A nomination on which the network decided by mistake.',
})
export class ReopenOfficerNominationInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => ID, { description: 'Id of the police force’s nomination.' })
  nomination: string;

  @Field(() => Int, {
    description:
      'The `OfficerNomination.decisionVersion` that is taken back. Another one is `CONFLICT`.',
  })
  decisionVersion: number;
}

@InputType('DecideOneOfficerInput', {
  description: 'A decision of the network on one of several nominees.',
})
export class DecideOneOfficerInput {
  @Field(() => ID, { description: 'Id of the police force’s nomination.' })
  nomination: string;

  @Field(() => ID, { description: 'Id of the officer who is nominated.' })
  officer: string;

  @Field(() => OfficerDecision, { description: 'What the network decides.' })
  decision: OfficerDecision;

  @Field(() => ID, {
    nullable: true,
    description: 'As `AcceptOfficerInput.replaces`. Only for `ACCEPT`.',
  })
  replaces?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'As `DeclineOfficerInput.reason`. Only for `DECLINE`.',
  })
  reason?: string | null;

  @Field(() => Int, { description: 'The version of the nomination that the decision is about.' })
  version: number;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'As `AcceptOfficerInput.decisionVersion`.',
  })
  decisionVersion: number;
}

@InputType('DecideOfficersInput', {
  description: 'Decisions of the network on several nominees of a group, on one day.',
})
export class DecideOfficersInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => DateScalar, { description: 'The day of the decisions.' })
  @Happened()
  on: string;

  @Field(() => [DecideOneOfficerInput], {
    description: 'They are written in this order: each finds what those before it wrote.',
  })
  @Items('nomination')
  decisions: DecideOneOfficerInput[];

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}
