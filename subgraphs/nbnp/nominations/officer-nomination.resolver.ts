import { DateScalar } from '@hub/shared/graphql';
import { Access, NoneIsOpen, Self } from '@hub/shared/identity';
import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { vocabulary } from '@hub/shared/programme';
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Resolver,
  Root,
} from 'type-graphql';
import { findReferred } from '../access/entity.reference.js';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { acceptOfficer } from './accept-officer.js';
import { decideOfficers, OfficerDecisions } from './decide-officers.js';
import { declineOfficer } from './decline-officer.js';
import { eraseTexts } from './erase-texts.js';
import {
  AcceptOfficerInput,
  DecideOfficersInput,
  DeclineOfficerInput,
  ReopenOfficerNominationInput,
} from './officer-nomination.input.js';
import { reopenOfficerNomination } from './reopen-officer-nomination.js';

/** What was decided on a nomination, and when. Null if only the police force could say. */
function findDecision({
  acceptedOn,
  declinedOn,
  nominatedOn,
  withdrawnOn,
}: Partial<OfficerNomination>): {
  readonly status: vocabulary.NominationStatus;
  readonly on: string | null;
} | null {
  if (declinedOn != null) return { status: 'DECLINED', on: declinedOn };
  if (acceptedOn != null) return { status: 'SELECTED', on: acceptedOn };
  if (nominatedOn == null) return null;
  return withdrawnOn == null
    ? { status: 'PENDING', on: null }
    : { status: 'WITHDRAWN', on: withdrawnOn };
}

@Resolver(() => OfficerNomination)
export class OfficerNominationResolver {
  @Mutation(() => Group, {
    nullable: true,
    description:
      "Accepts a police unit's nominee into a Nordic-Baltic group, as a member or a reserve; accepted again, a reserve becomes a member. `GROUP_FULL` above the programme's largest group size. Rules: CANCELLED, DEPARTED, DIRECTION, WITHDRAWN, ALREADY_DECIDED, ALREADY_NOMINATED, REHEARSAL, TARGET_GROUP, OUTSIDE_PROGRAMME, DATE_ORDER, REPLACED, NOT_GONE, OVERLAPPING_GROUPS.",
  })
  @Access('coordinator')
  acceptOfficer(
    @Arg('input', () => AcceptOfficerInput, { description: words.Input.input })
    input: AcceptOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return acceptOfficer(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Declines a nominee, or releases an accepted officer or a reserve. Rules: CANCELLED, DEPARTED, DIRECTION, WITHDRAWN, ALREADY_DECIDED, OUTSIDE_PROGRAMME, DATE_ORDER.',
  })
  @Access('coordinator')
  declineOfficer(
    @Arg('input', () => DeclineOfficerInput, { description: words.Input.input })
    input: DeclineOfficerInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return declineOfficer(context, input);
  }

  @Mutation(() => OfficerDecisions, {
    nullable: true,
    description:
      'Decides on several nominees of a group at once, as `acceptOfficer` and `declineOfficer` do: in the order of the decisions, each with its own result. What can be written is written, and a refusal says why the rest was not; send that again with another key. What concerns the group refuses all. Rules: CANCELLED, DEPARTED, DIRECTION, SIDE; of one decision those of `acceptOfficer` and `declineOfficer`.',
  })
  @Access('coordinator')
  decideOfficers(
    @Arg('input', () => DecideOfficersInput, { description: words.Input.input })
    input: DecideOfficersInput,
    @Ctx() context: PartnerContext,
  ): Promise<OfficerDecisions> {
    return decideOfficers(context, input);
  }

  @Mutation(() => Group, {
    nullable: true,
    description:
      'Takes back the decision on a nominee who was declined, released or accepted as a reserve: the nomination is pending again. Release a member first. Rules: CANCELLED, DEPARTED, DIRECTION, ACCEPTED, WITHDRAWN, ALREADY_NOMINATED, REFERRED_TO: somebody replaced the nominee, or formalities of a reserve are recorded.',
  })
  @Access('coordinator')
  reopenOfficerNomination(
    @Arg('input', () => ReopenOfficerNominationInput, { description: words.Input.input })
    input: ReopenOfficerNominationInput,
    @Ctx() context: PartnerContext,
  ): Promise<Group> {
    return reopenOfficerNomination(context, input);
  }

  @Mutation(() => Boolean, {
    nullable: true,
    description:
      'Removes what the network has written about a person of another organisation: why they were declined, and why they did not travel. True once nothing is left. The server of that organisation calls it when the person is erased, and again until it is true.',
  })
  @Access('erasers')
  eraseTexts(
    @Arg('person', () => ID, { description: 'Id of the officer, delegate or expert: `dk:…`.' })
    person: string,
    @Ctx() context: PartnerContext,
  ): Promise<boolean> {
    return eraseTexts(context, person);
  }

  @FieldResolver(() => Int, { nullable: true })
  decisionVersion(@Root() { decisionVersion }: Partial<OfficerNomination>): number {
    return decisionVersion ?? 0;
  }

  @Directive('@requires(fields: "withdrawnOn nominatedOn")')
  @FieldResolver(() => vocabulary.NominationStatus, {
    nullable: true,
    description:
      'The network’s decision; before one, what the police force did. Null while the police force is unavailable and the network has not decided.',
  })
  @Self()
  status(@Root() nomination: Partial<OfficerNomination>): vocabulary.NominationStatus | null {
    return findDecision(nomination)?.status ?? null;
  }

  @Directive('@requires(fields: "withdrawnOn nominatedOn")')
  @FieldResolver(() => DateScalar, {
    nullable: true,
    description: 'The day of what `status` says; null for a nomination that is pending.',
  })
  @Self()
  decidedOn(@Root() nomination: Partial<OfficerNomination>): string | null {
    return findDecision(nomination)?.on ?? null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The reason for the network’s decision, as text. Null after erasure.',
  })
  @Access('identity')
  @Self()
  reason(@Root() { declineReason }: Partial<OfficerNomination>): string | null {
    return declineReason ?? null;
  }

  @FieldResolver(() => OfficerNomination, {
    nullable: true,
    description:
      'The nomination of whoever had the officer’s place before; null if the officer replaces nobody.',
  })
  @NoneIsOpen()
  async replaces(
    @Root() { replacesId }: Partial<OfficerNomination>,
    @Ctx() { loaders }: PartnerContext,
  ): Promise<OfficerNomination | null> {
    return replacesId == null ? null : loaders.one(OfficerNomination).load(replacesId);
  }

  @Directive('@requires(fields: "groupId")')
  @FieldResolver(() => Group, {
    nullable: true,
    description: 'The group that the officer is proposed for.',
  })
  @Self()
  group(
    @Root() { groupId }: Partial<OfficerNomination>,
    @Ctx() context: PartnerContext,
  ): Promise<Group | null> {
    return findReferred(Group, groupId, context);
  }
}
