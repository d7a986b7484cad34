import { createEnum, DateScalar } from '@hub/shared/graphql';
import { Happened, Items, MayBeBlank, words } from '@hub/shared/partner';
import { vocabulary } from '@hub/shared/programme';
import { Field, ID, InputType, Int } from 'type-graphql';
import { DelegateDecision, NominationStatus } from '../entities/vocabulary.js';

export const DelegateNominationOrder = createEnum(
  'DelegateNominationOrder',
  'How a list of nominations is sorted.',
  {
    ID: vocabulary.orderWords.ID,
    NOMINATED_ON: 'By the day of the proposal, then id.',
    NOMINATED_ON_DESCENDING: 'By the day of the proposal, the latest first, then id.',
    STATUS: 'By the name of the status, then id.',
  },
);
export type DelegateNominationOrder = keyof typeof DelegateNominationOrder;

@InputType({ description: 'Selects nominations. All given conditions must hold.' })
export class DelegateNominationFilter {
  @Field(() => ID, { nullable: true, description: 'Id of the group.' })
  group?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the office that registered the delegate.',
  })
  office?: string | null;

  @Field(() => NominationStatus, {
    nullable: true,
    description: 'Only nominations with this status.',
  })
  status?: NominationStatus | null;
}

@InputType({ description: 'A proposal of a delegate for a group.' })
export class NominateDelegateInput {
  @Field(() => ID, { description: 'Id of the group.' })
  group: string;

  @Field(() => ID, { description: 'Id of the delegate.' })
  delegate: string;

  @Field(() => DateScalar, { description: 'The day of the proposal.' })
  @Happened()
  on: string;

  @Field(() => String, {
    nullable: true,
    description: 'The reason, as text. Restricted like `DelegateNomination.motivation`.',
  })
  motivation?: string | null;

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A decision on a nomination.' })
export class DecideNominationInput {
  @Field(() => ID, { description: 'Id of the nomination.' })
  nomination: string;

  @Field(() => DateScalar, { description: 'The day of the decision.' })
  @Happened()
  on: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The local authority that decides together with the office, of at least three letters. In a documented direction a selection needs it or `authority`.',
  })
  @MayBeBlank()
  localAuthority?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Id of the local authority, where it is an organisation of the network: `nbnp:…`. Where the group’s first side names organisations that select, a selection needs one of them.',
  })
  authority?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Of a selection: true to select without a place, also for a full group. Select again without it to make the reserve a member.',
  })
  reserve?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Of a selection: id of the nomination of somebody of the same group whose place the delegate takes: declined, released or withdrawn, or absent from the first day of a visit, and thereby released.',
  })
  replaces?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The reason, as text. Restricted like `DelegateNomination.reason`.',
  })
  reason?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({ description: 'A decision on one of several nominations.' })
export class DecideOneDelegateInput {
  @Field(() => ID, { description: 'Id of the nomination.' })
  nomination: string;

  @Field(() => DelegateDecision, { description: 'What is decided.' })
  decision: DelegateDecision;

  @Field(() => ID, {
    nullable: true,
    description: 'As `DecideNominationInput.replaces`. Only for `SELECT`.',
  })
  replaces?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The reason, as text. Restricted like `DelegateNomination.reason`.',
  })
  reason?: string | null;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}

@InputType({
  description: 'Decisions on several nominations for a group, on one day and with one authority.',
})
export class DecideDelegatesInput {
  @Field(() => ID, {
    description: 'Id of the group. A nomination for another group is refused with `NOT_FOUND`.',
  })
  group: string;

  @Field(() => DateScalar, { description: 'The day of the decisions.' })
  @Happened()
  on: string;

  @Field(() => String, {
    nullable: true,
    description: 'As `DecideNominationInput.localAuthority`, for all of them.',
  })
  @MayBeBlank()
  localAuthority?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'As `DecideNominationInput.authority`, for all of them.',
  })
  authority?: string | null;

  @Field(() => [DecideOneDelegateInput], {
    description: 'They are written in this order: each finds what those before it wrote.',
  })
  @Items('nomination')
  decisions: DecideOneDelegateInput[];

  @Field(() => ID, { nullable: true, description: words.Input.idempotencyKey })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A nomination on which the offices decided by mistake.' })
export class ReopenDelegateNominationInput {
  @Field(() => ID, { description: 'Id of the nomination.' })
  nomination: string;

  @Field(() => Int, { description: words.Input.version })
  version: number;
}
