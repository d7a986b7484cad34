import { refuseInput, violateRule } from '@hub/shared/errors';
import { checkVersion, findForChange, findPerson, perform, type Step } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { askGroup, type PlannedGroup } from '../groups/ask-group.js';
import {
  checkNotCancelled,
  checkNotDeparted,
  checkOrder,
  checkWithin,
} from '../groups/group-rules.js';
import type { DecideNominationInput } from './delegate-nomination.input.js';
import { askAuthority, checkAuthority } from './local-authority.js';

/** The argument that names the nomination, and thereby the group. */
export const byNomination = 'input.nomination';

export const findNomination = (manager: EntityManager, id: string): Promise<DelegateNomination> =>
  findForChange(manager, DelegateNomination, id, byNomination);

/** A withdrawn or declined nomination is final. The person can be nominated again. */
export function checkOpen({ status }: DelegateNomination): void {
  if (status === NominationStatus.WITHDRAWN) violateRule('WITHDRAWN', byNomination);
  if (status === NominationStatus.DECLINED) violateRule('ALREADY_DECIDED', byNomination);
}

/** No text may be added to an erased person. */
export const checkNotErased = (manager: EntityManager, delegateId: string): Promise<Delegate> =>
  findPerson(manager, Delegate, delegateId, byNomination);

/**
 * Only a selection gives a place.
 * @throws HubError `BAD_USER_INPUT`
 */
function checkNoPlace({ reserve, replaces }: DecideNominationInput): void {
  if (reserve == null && replaces == null) return;
  refuseInput(
    reserve == null ? 'input.replaces' : 'input.reserve',
    'Only `selectDelegate` takes `reserve` and `replaces`.',
  );
}

/** Records a decision, and replaces all values of an earlier one, except the place. */
export async function keepDecision(
  manager: EntityManager,
  nomination: DelegateNomination,
  status: NominationStatus,
  {
    on,
    localAuthority,
    authority,
    reason,
  }: Pick<DecideNominationInput, 'on' | 'localAuthority' | 'authority' | 'reason'>,
  place: Partial<Pick<DelegateNomination, 'reserve' | 'replacesId'>> = {},
): Promise<DelegateNomination> {
  const decision = {
    status,
    decidedOn: on,
    localAuthority: localAuthority ?? null,
    authorityId: authority ?? null,
    reason: reason ?? null,
    version: nomination.version + 1,
    ...place,
  };
  await manager.update(DelegateNomination, { id: nomination.id }, decision);
  return Object.assign(nomination, decision);
}

/** What a decision needs of others. */
export interface DecisionFacts {
  readonly group: PlannedGroup;
  /** The other groups for which the nominee is selected, by id. */
  readonly others: ReadonlyMap<string, PlannedGroup | null>;
}

/** Asks for the group of a nomination, and for the local authority that decides on it. */
export type AskGroupOf = (nomination: DelegateNomination) => Promise<PlannedGroup>;

/** As a mutation of one decision asks. @throws HubError `NOT_FOUND`, `PARTNER_…` */
export const askAlone =
  (context: PartnerContext, { authority }: DecideNominationInput): AskGroupOf =>
  async ({ groupId }) => {
    const group = await askGroup(context, groupId, byNomination);
    await askAuthority(context, authority);
    return group;
  };

/**
 * Ends a nomination before the group sets out: declines a nominee, releases a selected delegate
 * whose place becomes free, or withdraws it.
 * @throws HubError `RULE_VIOLATED` with `WITHDRAWN`, `ALREADY_DECIDED`, `CANCELLED`, `DEPARTED`,
 * `OUTSIDE_PROGRAMME`, `DATE_ORDER` or `ERASED`; `NOT_FOUND`, `CONFLICT`, `BAD_USER_INPUT`,
 * `PARTNER_…`
 */
export function endNomination(
  context: PartnerContext,
  name: 'declineDelegate' | 'withdrawDelegate',
  input: DecideNominationInput,
): Promise<DelegateNomination> {
  checkAuthority(input);
  checkNoPlace(input);
  const status = name === 'declineDelegate' ? 'DECLINED' : 'WITHDRAWN';
  const step = ending(context, input, status, askAlone(context, input));
  return perform(context, { name, input, ...step });
}

/** What {@link endNomination} does, alone or among other decisions. */
export const ending = (
  { source }: PartnerContext,
  input: DecideNominationInput,
  status: 'DECLINED' | 'WITHDRAWN',
  askGroupOf: AskGroupOf,
): Step<DecisionFacts, DelegateNomination> => ({
  async ask() {
    const nomination = await findNomination(source.manager, input.nomination);
    return { group: await askGroupOf(nomination), others: new Map() };
  },
  async write(manager, { group }) {
    const nomination = await findNomination(manager, input.nomination);
    checkVersion(nomination, input.version);
    checkOpen(nomination);
    checkNotCancelled(group, byNomination);
    checkNotDeparted(group, byNomination);
    checkWithin(input.on, group.programme);
    checkOrder(input.on, nomination.decidedOn ?? nomination.nominatedOn);
    if (input.reason != null) await checkNotErased(manager, nomination.delegateId);
    return keepDecision(manager, nomination, status, input);
  },
});
