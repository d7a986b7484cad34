import { HubError, violateRule } from '@hub/shared/errors';
import { findForChange, notFound } from '@hub/shared/partner';
import type { EntityManager } from 'typeorm';
import { isMember } from '../access/decide-people.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { isAbsent, standingVisits, type PlannedGroup } from '../groups/ask-group.js';
import { checkOrder } from '../groups/group-rules.js';
import { keepDecision } from './decide-nomination.js';
import type { DecideNominationInput } from './delegate-nomination.input.js';

const argument = 'input.replaces';

/**
 * A reserve takes no place, and so replaces nobody.
 * @throws HubError `BAD_USER_INPUT`
 */
export function checkNoReserveReplaces({ reserve, replaces }: DecideNominationInput): void {
  if (reserve !== true || replaces == null) return;
  throw new HubError('BAD_USER_INPUT', {
    argument,
    message: 'A reserve replaces nobody. Leave out `reserve` or `replaces`.',
  });
}

/**
 * Finds the nomination of whoever is replaced by a delegate of a group.
 * @throws HubError `NOT_FOUND`, `RULE_VIOLATED` with `REPLACED`, `NOT_GONE` or `DATE_ORDER`
 */
export async function findReplaced(
  manager: EntityManager,
  { groupId }: DelegateNomination,
  group: PlannedGroup,
  { replaces, on }: DecideNominationInput,
): Promise<DelegateNomination | null> {
  if (replaces == null) return null;
  const replaced = await findForChange(manager, DelegateNomination, replaces, argument);
  if (replaced.groupId !== groupId) notFound(argument);
  if (await manager.existsBy(DelegateNomination, { replacesId: replaced.id }))
    violateRule('REPLACED', argument);
  if (!isGone(replaced, group)) violateRule('NOT_GONE', argument);
  if (replaced.decidedOn !== null) checkOrder(on, replaced.decidedOn);
  return replaced;
}

/** Declined, released or withdrawn, or a member who misses one of the visits. */
function isGone(nomination: DelegateNomination, group: PlannedGroup): boolean {
  const { DECLINED, WITHDRAWN } = NominationStatus;
  if (nomination.status === DECLINED || nomination.status === WITHDRAWN) return true;
  const misses = ({ id }: { readonly id: string }) => isAbsent(group, id, nomination.delegateId);
  return isMember(nomination) && standingVisits(group).some(misses);
}

/** Releases a member who is replaced because of an absence: only one of the two has the place. */
export async function releaseReplaced(
  manager: EntityManager,
  replaced: DelegateNomination | null,
  on: string,
): Promise<void> {
  if (replaced && isMember(replaced))
    await keepDecision(manager, replaced, NominationStatus.DECLINED, { on });
}
