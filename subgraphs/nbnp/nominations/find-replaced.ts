import { HubError, violateRule } from '@hub/shared/errors';
import { findForChange, notFound } from '@hub/shared/partner';
import { missesVisit } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import { isMember } from '../access/load-related.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Absence } from '../entities/visit.entity.js';
import type { GroupForChange } from '../groups/group-for-change.js';
import type { AcceptOfficerInput } from './officer-nomination.input.js';

/**
 * A reserve takes no place, so she replaces nobody.
 * @throws HubError `BAD_USER_INPUT`
 */
export function checkNoReserveReplaces({ reserve, replaces }: AcceptOfficerInput): void {
  if (reserve !== true || replaces == null) return;
  throw new HubError('BAD_USER_INPUT', {
    argument: 'input.replaces',
    message: 'A reserve replaces nobody. Leave out `reserve` or `replaces`.',
  });
}

/**
 * Finds the nomination of the person who is replaced.
 * @throws HubError `NOT_FOUND`, `RULE_VIOLATED` REPLACED, NOT_GONE, DATE_ORDER
 */
export async function findReplaced(
  manager: EntityManager,
  change: GroupForChange,
  { replaces, on }: AcceptOfficerInput,
): Promise<OfficerNomination | null> {
  if (replaces == null) return null;
  const replaced = await findForChange(manager, OfficerNomination, replaces, 'input.replaces');
  if (replaced.groupId !== change.group.id) notFound('input.replaces');
  if (await manager.existsBy(OfficerNomination, { replacesId: replaced.id }))
    violateRule('REPLACED', 'input.replaces');
  if (!(await isGone(manager, change, replaced))) violateRule('NOT_GONE', 'input.replaces');
  const since = replaced.declinedOn ?? replaced.acceptedOn;
  if (since !== null && on < since) violateRule('DATE_ORDER', 'input.on');
  return replaced;
}

/** True for a declined or released officer, and for a member who misses a whole visit. */
async function isGone(
  manager: EntityManager,
  { group, visits }: GroupForChange,
  replaced: OfficerNomination,
): Promise<boolean> {
  if (replaced.declinedOn !== null) return true;
  if (!isMember(replaced)) return false;
  const own = { groupId: group.id, participantId: replaced.officerId };
  const absences = await manager.findBy(Absence, own);
  return absences.some(({ visitId, from }) =>
    visits.some((visit) => visit.id === visitId && missesVisit(visit, from)),
  );
}

/** Releases a member who is replaced because she is absent: only one of the two has the place. */
export async function releaseReplaced(
  manager: EntityManager,
  replaced: OfficerNomination | null,
  declinedOn: string,
): Promise<void> {
  if (replaced?.declinedOn !== null) return;
  const decisionVersion = replaced.decisionVersion + 1;
  await manager.update(OfficerNomination, { id: replaced.id }, { declinedOn, decisionVersion });
}
