import { HubError, refuseInput, violateRule } from '@hub/shared/errors';
import { checkPersonFits, findForChange, notFound, perform, type Step } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { groupVisits, sides } from '@hub/shared/programme';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { isDecided, isMember } from '../access/load-related.js';
import type { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Absence } from '../entities/visit.entity.js';
import { askDelegatesReady } from '../groups/ask-delegates.js';
import {
  checkInProgramme,
  checkTravelElsewhere,
  findGroupForChange,
  writeGroup,
  type GroupForChange,
} from '../groups/group-for-change.js';
import {
  askOfficer,
  checkDecidesOn,
  chooseNomination,
  findGroupForDecision,
  type DecisionFacts,
  type NominationForDecision,
} from './ask-nomination.js';
import type { AcceptOfficerInput } from './officer-nomination.input.js';

/**
 * A reserve takes no place, so she replaces nobody.
 * @throws HubError `BAD_USER_INPUT`
 */
function checkNoReserveReplaces({ reserve, replaces }: AcceptOfficerInput): void {
  if (reserve !== true || replaces == null) return;
  refuseInput('input.replaces', 'A reserve replaces nobody. Leave out `reserve` or `replaces`.');
}

/**
 * Finds the nomination of the person who is replaced.
 * @throws HubError `NOT_FOUND`, `RULE_VIOLATED` REPLACED, NOT_GONE, DATE_ORDER
 */
async function findReplaced(
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
    visits.some((visit) => visit.id === visitId && groupVisits.missesVisit(visit, from)),
  );
}

/** Releases a member who is replaced because she is absent: only one of the two has the place. */
async function releaseReplaced(
  manager: EntityManager,
  replaced: OfficerNomination | null,
  declinedOn: string,
): Promise<void> {
  if (replaced?.declinedOn !== null) return;
  const decisionVersion = replaced.decisionVersion + 1;
  await manager.update(OfficerNomination, { id: replaced.id }, { declinedOn, decisionVersion });
}

/**
 * Accepts an officer whom her police force has nominated: as a member, or as a reserve, who takes
 * no place. A reserve who is accepted again, not as a reserve, becomes a member. A replacement
 * names whom she replaces; a member who is absent is thereby released. The size of the group is
 * checked where it is written, so that concurrent requests for the last place get `GROUP_FULL`.
 * @throws HubError `NOT_FOUND` `GROUP_FULL` `CONFLICT` `BAD_USER_INPUT` `PARTNER_…` `RULE_VIOLATED`
 * CANCELLED, DEPARTED, DIRECTION, WITHDRAWN, ALREADY_DECIDED, ALREADY_NOMINATED, REHEARSAL,
 * TARGET_GROUP, OUTSIDE_PROGRAMME, DATE_ORDER, REPLACED, NOT_GONE, OVERLAPPING_GROUPS
 */
export function acceptOfficer(context: PartnerContext, input: AcceptOfficerInput): Promise<Group> {
  checkNoReserveReplaces(input);
  const step = acceptance(context, input, countDelegatesOnce(context, input.group));
  return perform(context, { name: 'acceptOfficer', input, ...step });
}

/** How many places the offices have given in a group. However often it is called, they are asked once. */
export function countDelegatesOnce(context: PartnerContext, group: string): () => Promise<number> {
  const count = async () => {
    const { manager } = context.source;
    const { sides: between } = await findGroupForChange(manager, group, 'input.group');
    return sides.sendsDelegates(between) ? (await askDelegatesReady(context, group)).count : 0;
  };
  let counted: Promise<number> | undefined;
  return () => (counted ??= count());
}

/** What {@link acceptOfficer} does, alone or among other decisions. */
export function acceptance(
  context: PartnerContext,
  input: AcceptOfficerInput,
  countDelegates: () => Promise<number>,
): Step<DecisionFacts, Group> {
  const isReserve = input.reserve === true;
  const checkPlace = (delegates: number) => (isReserve ? undefined : placeFor(input, delegates));
  return {
    check: (manager) => findGroupForDecision(manager, input, checkPlace(0)),
    async ask() {
      const [officer, delegates] = await Promise.all([
        askOfficer(context, input.officer),
        isReserve ? 0 : countDelegates(),
      ]);
      return { officer, delegates };
    },
    async write(manager, { officer, delegates }) {
      const change = await findGroupForDecision(manager, input, checkPlace(delegates));
      const nomination = chooseNomination(officer, input);
      const accepted = await findReserve(manager, nomination, isReserve);
      const decisionVersion = checkDecidesOn(nomination, accepted, input);
      await checkNominatedOnce(manager, nomination, input);
      checkFits(change, nomination, input);
      if (accepted?.acceptedOn != null && input.on < accepted.acceptedOn)
        violateRule('DATE_ORDER', 'input.on');
      const replaced = await findReplaced(manager, change, input);
      if (!isReserve) await checkFree(manager, change, input);
      await releaseReplaced(manager, replaced, input.on);
      const decision = {
        id: nomination.id,
        groupId: input.group,
        officerId: input.officer,
        acceptedOn: input.on,
        reserve: isReserve,
        replacesId: replaced?.id ?? null,
        decisionVersion,
      };
      await manager.upsert(OfficerNomination, decision, ['id']);
      return writeGroup(manager, change.group, {});
    },
  };
}

/**
 * Refuses a full group. The place of a member who is replaced counts as free.
 * @param delegates how many places the offices have given
 * @throws HubError `GROUP_FULL`
 */
const placeFor =
  ({ replaces }: AcceptOfficerInput, delegates: number) =>
  ({ accepted, programme }: GroupForChange): void => {
    if (accepted.filter(({ id }) => id !== replaces).length + delegates >= programme.groupSizeMax)
      throw new HubError('GROUP_FULL', { argument: 'input.group' });
  };

/**
 * The decision by which the nominee became a reserve, or that was taken back; null before a decision.
 * A declined nomination stays declined, unless the network reopens it.
 * @throws HubError `RULE_VIOLATED` WITHDRAWN, ALREADY_DECIDED
 */
async function findReserve(
  manager: EntityManager,
  { id, withdrawnOn }: NominationForDecision,
  isReserve: boolean,
): Promise<OfficerNomination | null> {
  if (withdrawnOn !== null) violateRule('WITHDRAWN', 'input.nomination');
  const decided = await manager.findOneBy(OfficerNomination, { id });
  const isFinal = isReserve || decided?.reserve !== true || decided.declinedOn !== null;
  if (decided && isDecided(decided) && isFinal) violateRule('ALREADY_DECIDED', 'input.nomination');
  return decided;
}

/**
 * A police force nominates nobody twice, unless it did not yet know the decision on the first
 * nomination.
 */
async function checkNominatedOnce(
  manager: EntityManager,
  { id }: NominationForDecision,
  { group: groupId, officer: officerId }: AcceptOfficerInput,
): Promise<void> {
  const standing = { acceptedOn: Not(IsNull()), declinedOn: IsNull() };
  if (await manager.existsBy(OfficerNomination, { id: Not(id), groupId, officerId, ...standing }))
    violateRule('ALREADY_NOMINATED', 'input.officer');
}

/** A reserve may be free when she is needed, so only a member must be free. */
const checkFree = (
  manager: EntityManager,
  { visits }: GroupForChange,
  { group, officer }: AcceptOfficerInput,
): Promise<void> => checkTravelElsewhere(manager, group, [officer], visits, 'input.officer');

function checkFits(
  { programme }: GroupForChange,
  nomination: NominationForDecision,
  { on }: AcceptOfficerInput,
): void {
  const { targetGroup, nominatedOn } = nomination;
  checkPersonFits(nomination, programme, 'input.officer');
  if (targetGroup === null || !programme.targetGroups.includes(targetGroup))
    violateRule('TARGET_GROUP', 'input.officer');
  checkInProgramme(on, programme);
  if (on < nominatedOn) violateRule('DATE_ORDER', 'input.on');
}
