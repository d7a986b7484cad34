import { HubError, violateRule } from '@hub/shared/errors';
import { findForChange, notFound, perform } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { isDecided, isMember } from '../access/load-related.js';
import type { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { writeGroup, type GroupForChange } from '../groups/group-for-change.js';
import { checkDecision, findGroupForDecision } from './ask-nomination.js';
import type { ReopenOfficerNominationInput } from './officer-nomination.input.js';

const argument = 'input.nomination';

/** A nomination without a decision. */
const pending = {
  acceptedOn: null,
  declinedOn: null,
  declineReason: null,
  reserve: false,
  replacesId: null,
};

interface Reopening extends GroupForChange {
  readonly decided: OfficerNomination;
}

interface OfficerResponse {
  readonly nominations:
    | readonly {
        readonly id: string;
        readonly groupId: string;
        readonly withdrawnOn: string | null;
        /** Only of a reserve. */
        readonly hasFormalities?: boolean | null;
      }[]
    | null;
}

/**
 * Takes back the decision on a nominee who was declined, released or accepted as a reserve: the
 * nomination is pending again.
 * @throws HubError `NOT_FOUND` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` CANCELLED, DEPARTED,
 * DIRECTION, ACCEPTED, WITHDRAWN, ALREADY_NOMINATED, REFERRED_TO
 */
export const reopenOfficerNomination = (
  context: PartnerContext,
  input: ReopenOfficerNominationInput,
): Promise<Group> =>
  perform(context, {
    name: 'reopenOfficerNomination',
    input,
    async ask() {
      const { decided } = await findReopening(context.source.manager, input);
      await checkOfficer(context, decided);
    },
    async write(manager) {
      const { group, decided } = await findReopening(manager, input);
      // The row stays, so that a decision of before is never taken for one on the reopened nomination.
      const decisionVersion = decided.decisionVersion + 1;
      await manager.update(OfficerNomination, { id: decided.id }, { ...pending, decisionVersion });
      return writeGroup(manager, group, {});
    },
  });

/** Finds the decision to take back, and checks the network’s own rules. */
async function findReopening(
  manager: EntityManager,
  input: ReopenOfficerNominationInput,
): Promise<Reopening> {
  const change = await findGroupForDecision(manager, input);
  const decided = await findForChange(manager, OfficerNomination, input.nomination, argument);
  if (decided.groupId !== change.group.id) notFound(argument);
  checkDecision(decided, input.decisionVersion);
  if (!isDecided(decided)) violateRule('NOT_DECIDED', argument);
  if (isMember(decided)) violateRule('ACCEPTED', argument);
  if (await manager.existsBy(OfficerNomination, { replacesId: decided.id }))
    violateRule('REFERRED_TO', argument);
  return { ...change, decided };
}

/**
 * Asks her police force whether the nomination still stands, and is the only one. The formalities
 * of a reserve rest on her acceptance.
 */
async function checkOfficer(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { id, groupId, officerId, reserve }: OfficerNomination,
): Promise<void> {
  const { officer } = await askHub(
    `query NominationToReopen($id: ID!, $reserve: Boolean!) { officer(id: $id) {
      nominations { id groupId withdrawnOn hasFormalities @include(if: $reserve) } } }`,
    { id: officerId, reserve },
  );
  const { nominations } = (officer ?? {}) as Partial<OfficerResponse>;
  const standing = (nominations ?? []).filter((one) => one.withdrawnOn === null);
  const nomination = standing.find((one) => one.id === id) ?? violateRule('WITHDRAWN', argument);
  if (standing.some((one) => one.groupId === groupId && one.id !== id))
    violateRule('ALREADY_NOMINATED', argument);
  if (!reserve) return;
  const { hasFormalities } = nomination;
  if (hasFormalities == null)
    throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.ownerOf(officerId) });
  if (hasFormalities) violateRule('REFERRED_TO', argument);
}
