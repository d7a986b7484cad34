import { HubError } from '@hub/shared/errors';
import { checkVersion, notFound, type Rehearsable } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import type { vocabulary } from '@hub/shared/programme';
import type { EntityManager } from 'typeorm';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';
import {
  checkPreparing,
  checkSendsOfficers,
  findGroupForChange,
  type GroupForChange,
} from '../groups/group-for-change.js';
import type { AcceptOfficerInput } from './officer-nomination.input.js';

/**
 * Finds the group for which an officer is accepted or declined, and checks the network’s own rules.
 * Decisions on different people do not depend on each other, so none depends on its version.
 * @param checkFirst is called before the rules
 * @throws HubError `NOT_FOUND` `RULE_VIOLATED` CANCELLED, DEPARTED, DIRECTION
 */
export async function findGroupForDecision(
  manager: EntityManager,
  { group }: { readonly group: string },
  checkFirst?: (change: GroupForChange) => void,
): Promise<GroupForChange> {
  const change = await findGroupForChange(manager, group, 'input.group');
  checkFirst?.(change);
  checkPreparing(change, 'input.group');
  checkSendsOfficers(change, 'input.group');
  return change;
}

/** A nomination as recorded by the police force that made it. */
interface AskedNomination {
  readonly id: string;
  readonly groupId: string;
  readonly nominatedOn: string;
  readonly withdrawnOn: string | null;
  readonly version: number;
}

interface AskedOfficer extends Rehearsable {
  readonly targetGroup: vocabulary.TargetGroup | null;
  readonly nominations: readonly AskedNomination[] | null;
}

/** What a decision needs of others. */
export interface DecisionFacts {
  /** Null if the police force has no such officer. */
  readonly officer: AskedOfficer | null;
  /** How many places the offices have given. */
  readonly delegates: number;
}

/** The police force’s facts that a decision needs. */
export interface NominationForDecision extends AskedNomination, Rehearsable {
  readonly targetGroup: vocabulary.TargetGroup | null;
}

/**
 * Requests an officer’s nominations from her own police force; null if it has no such officer.
 * @throws HubError `PARTNER_…`
 */
export async function askOfficer(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  id: string,
): Promise<AskedOfficer | null> {
  const { officer } = await askHub(
    `query NominationsOf($id: ID!) {
      officer(id: $id) {
        isRehearsal targetGroup nominations { id groupId nominatedOn withdrawnOn version }
      }
    }`,
    { id },
  );
  return (officer ?? null) as AskedOfficer | null;
}

/**
 * Finds the nomination to decide.
 * @throws HubError `NOT_FOUND` for an unknown officer, or a nomination of another officer or group
 */
export function chooseNomination(
  officer: AskedOfficer | null,
  input: Pick<AcceptOfficerInput, 'group' | 'nomination'>,
): NominationForDecision {
  if (!officer) notFound('input.officer');
  const nomination = officer.nominations?.find(
    ({ id, groupId }) => id === input.nomination && groupId === input.group,
  );
  if (!nomination) notFound('input.nomination');
  const { isRehearsal, targetGroup } = officer;
  return { ...nomination, isRehearsal, targetGroup };
}

/**
 * Refuses a decision that was made on another version of the nomination, or without knowledge of
 * the network’s last decision on it.
 * @returns the version of the decision that is written now
 * @throws HubError `CONFLICT` with `currentVersion`
 */
export function checkDecidesOn(
  nomination: NominationForDecision,
  decided: OfficerNomination | null,
  { version, decisionVersion }: Pick<AcceptOfficerInput, 'version' | 'decisionVersion'>,
): number {
  checkVersion(nomination, version);
  return checkDecision(decided, decisionVersion);
}

/**
 * Refuses a decision that was made without knowledge of the network’s last one.
 * @returns the version of the decision that is written now
 * @throws HubError `CONFLICT` with `currentVersion`
 */
export function checkDecision(decided: OfficerNomination | null, decisionVersion: number): number {
  const currentVersion = decided?.decisionVersion ?? 0;
  if (currentVersion !== decisionVersion)
    throw new HubError('CONFLICT', { currentVersion, argument: 'input.decisionVersion' });
  return currentVersion + 1;
}
