import { HubError, refuseInput, violateRule } from '@hub/shared/errors';
import {
  checkPersonFits,
  checkVersion,
  findForChange,
  notFound,
  perform,
  type Step,
} from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { Not, type EntityManager } from 'typeorm';
import { isMember, whereMember } from '../access/decide-people.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { askAnyGroup, isAbsent, standingVisits, type PlannedGroup } from '../groups/ask-group.js';
import {
  areAwayTogether,
  checkAdmits,
  checkNotCancelled,
  checkNotDeparted,
  checkOrder,
  checkWithin,
  countSelected,
} from '../groups/group-rules.js';
import {
  askAlone,
  byNomination,
  checkNotErased,
  checkOpen,
  findNomination,
  keepDecision,
  type AskGroupOf,
  type DecisionFacts,
} from './decide-nomination.js';
import type { DecideNominationInput } from './delegate-nomination.input.js';
import { checkAuthority, checkHasAuthority } from './local-authority.js';

const argument = 'input.replaces';

/**
 * A reserve takes no place, and so replaces nobody.
 * @throws HubError `BAD_USER_INPUT`
 */
function checkNoReserveReplaces({ reserve, replaces }: DecideNominationInput): void {
  if (reserve !== true || replaces == null) return;
  refuseInput(argument, 'A reserve replaces nobody. Leave out `reserve` or `replaces`.');
}

/**
 * Finds the nomination of whoever is replaced by a delegate of a group.
 * @throws HubError `NOT_FOUND`, `RULE_VIOLATED` with `REPLACED`, `NOT_GONE` or `DATE_ORDER`
 */
async function findReplaced(
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
async function releaseReplaced(
  manager: EntityManager,
  replaced: DelegateNomination | null,
  on: string,
): Promise<void> {
  if (replaced && isMember(replaced))
    await keepDecision(manager, replaced, NominationStatus.DECLINED, { on });
}

/** The other groups for which the nominee is selected, by id. */
async function findOtherGroups(
  manager: EntityManager,
  { delegateId, groupId }: DelegateNomination,
): Promise<string[]> {
  const selected = { delegateId, groupId: Not(groupId), ...whereMember };
  const nominations = await manager.findBy(DelegateNomination, selected);
  return [...new Set(nominations.map((nomination) => nomination.groupId))].sort();
}

async function askFacts(
  context: PartnerContext,
  id: string,
  askGroupOf: AskGroupOf,
): Promise<DecisionFacts> {
  const { manager } = context.source;
  const nomination = await findNomination(manager, id);
  const group = await askGroupOf(nomination);
  const ids = await findOtherGroups(manager, nomination);
  const others = await Promise.all(ids.map((other) => askAnyGroup(context, other)));
  return { group, others: new Map(ids.map((other, index) => [other, others[index] ?? null])) };
}

/** Refuses if the nominee was selected for another group since the requests. */
async function checkOtherGroups(
  manager: EntityManager,
  nomination: DelegateNomination,
  { group, others }: DecisionFacts,
): Promise<void> {
  for (const id of await findOtherGroups(manager, nomination)) {
    const other = others.get(id);
    if (other === undefined) {
      const { version: currentVersion } = nomination;
      throw new HubError('CONFLICT', { currentVersion, argument: byNomination });
    }
    if (other && areAwayTogether(group, other)) violateRule('OVERLAPPING_GROUPS', byNomination);
  }
}

/** The place of a member who is replaced is free. @throws HubError `GROUP_FULL` */
async function checkPlace(
  manager: EntityManager,
  { groupId }: DelegateNomination,
  { programme, officers }: PlannedGroup,
  { replaces }: DecideNominationInput,
): Promise<void> {
  const freed = { ...whereMember, groupId, id: replaces ?? '' };
  const isFreed = replaces != null && (await manager.existsBy(DelegateNomination, freed));
  const taken = (await countSelected(manager, groupId)) + officers.length - (isFreed ? 1 : 0);
  if (taken >= programme.groupSizeMax) throw new HubError('GROUP_FULL', { argument: byNomination });
}

/** A member is selected once. A reserve is selected again to become a member. */
function checkUndecided(
  { status, reserve }: DelegateNomination,
  input: DecideNominationInput,
): void {
  if (status !== NominationStatus.SELECTED) return;
  if (!reserve || input.reserve === true) violateRule('ALREADY_DECIDED', byNomination);
}

/**
 * Selects a nominee for the group, together with the local authority: as a member, or as a reserve,
 * who takes no place. A reserve who is selected again, not as a reserve, becomes a member. A
 * replacement names who is replaced; a member who is absent is thereby released.
 * @throws HubError `GROUP_FULL`; `RULE_VIOLATED` with `WITHDRAWN`, `ALREADY_DECIDED`, `ERASED`, `REHEARSAL`,
 * `SIDE`, `AUTHORITY`, `CANCELLED`, `DEPARTED`, `OUTSIDE_PROGRAMME`, `DATE_ORDER`, `REPLACED`,
 * `NOT_GONE` or `OVERLAPPING_GROUPS`; `NOT_FOUND`, `CONFLICT`, `BAD_USER_INPUT`, `PARTNER_…`
 */
export function selectDelegate(
  context: PartnerContext,
  input: DecideNominationInput,
): Promise<DelegateNomination> {
  checkAuthority(input);
  checkNoReserveReplaces(input);
  const step = selection(context, input, askAlone(context, input));
  return perform(context, { name: 'selectDelegate', input, ...step });
}

/** What {@link selectDelegate} does, alone or among other decisions. */
export function selection(
  context: PartnerContext,
  input: DecideNominationInput,
  askGroupOf: AskGroupOf,
): Step<DecisionFacts, DelegateNomination> {
  const reserve = input.reserve === true;
  return {
    ask: () => askFacts(context, input.nomination, askGroupOf),
    async write(manager, facts) {
      const { group } = facts;
      const nomination = await findNomination(manager, input.nomination);
      // Before the version, so that concurrent requests for the last place get `GROUP_FULL`.
      if (!reserve) await checkPlace(manager, nomination, group, input);
      checkVersion(nomination, input.version);
      checkOpen(nomination);
      checkUndecided(nomination, input);
      const delegate = await checkNotErased(manager, nomination.delegateId);
      checkPersonFits(delegate, group, byNomination);
      checkAdmits(group, delegate, byNomination);
      checkHasAuthority(group, input);
      checkNotCancelled(group, byNomination);
      checkNotDeparted(group, byNomination);
      checkWithin(input.on, group.programme);
      checkOrder(input.on, nomination.decidedOn ?? nomination.nominatedOn);
      const replaced = await findReplaced(manager, nomination, group, input);
      if (!reserve) await checkOtherGroups(manager, nomination, facts);
      await releaseReplaced(manager, replaced, input.on);
      const place = { reserve, replacesId: replaced?.id ?? null };
      return keepDecision(manager, nomination, NominationStatus.SELECTED, input, place);
    },
  };
}
