import { HubError, violateRule } from '@hub/shared/errors';
import { checkVersion, notFound, perform } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import { In, type EntityManager } from 'typeorm';
import type { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Absence } from '../entities/visit.entity.js';
import {
  askIsEvaluated,
  checkNotCancelled,
  findGroupForChange,
  writeGroup,
  type GroupForChange,
} from '../groups/group-for-change.js';
import type { RemoveAbsenceInput } from './absence.input.js';

const argument = 'input.participant';

/**
 * Removes an absence that was a mistake, unless somebody has taken her place.
 * @throws HubError `NOT_FOUND`, `CONFLICT`, `PARTNER_…`; `RULE_VIOLATED` CANCELLED, REFERRED_TO,
 * EVALUATED
 */
export function removeAbsence(context: PartnerContext, input: RemoveAbsenceInput): Promise<Group> {
  const { visit: visitId, participant: participantId } = input;
  return perform(context, {
    name: 'removeAbsence',
    input,
    async ask() {
      const { programme } = await findRemoving(context.source.manager, input);
      if (codes.ownerOf(participantId) === codes.officesCode)
        await checkNoDelegateReplaces(context, input);
      if (await askIsEvaluated(context, programme.id)) violateRule('EVALUATED', 'input.group');
    },
    async write(manager) {
      const { group } = await findRemoving(manager, input);
      await manager.delete(Absence, { visitId, participantId });
      return writeGroup(manager, group, {});
    },
  });
}

/** Finds the group, and checks the network’s own rules. */
async function findRemoving(
  manager: EntityManager,
  { group: groupId, visit: visitId, participant: participantId, version }: RemoveAbsenceInput,
): Promise<GroupForChange> {
  const change = await findGroupForChange(manager, groupId, 'input.group');
  checkVersion(change.group, version);
  checkNotCancelled(change, 'input.group');
  // PostgreSQL rejects a text with NUL, and no absence has one.
  const isText = !`${visitId}${participantId}`.includes('\0');
  if (!isText || !(await manager.existsBy(Absence, { groupId, visitId, participantId })))
    notFound(argument);
  const own = await manager.findBy(OfficerNomination, { groupId, officerId: participantId });
  if (await manager.existsBy(OfficerNomination, { replacesId: In(own.map(({ id }) => id)) }))
    violateRule('REFERRED_TO', argument);
  return change;
}

interface NominationResponse {
  readonly id: string;
  readonly delegate: { readonly id: string } | null;
  readonly replaces: { readonly id: string } | null;
}

/** @throws HubError `PARTNER_…`; `RULE_VIOLATED` REFERRED_TO */
async function checkNoDelegateReplaces(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  { group: id, participant }: RemoveAbsenceInput,
): Promise<void> {
  const { group } = await askHub(
    `query ReplacedDelegates($id: ID!) {
      group(id: $id) { delegateNominations { id delegate { id } replaces { id } } } }`,
    { id },
  );
  const nominations = (group as { delegateNominations?: readonly NominationResponse[] | null })
    .delegateNominations;
  if (!nominations) throw new HubError('PARTNER_UNAVAILABLE', { partner: codes.officesCode });
  const own = new Set(
    nominations.flatMap((one) => (one.delegate?.id === participant ? one.id : [])),
  );
  if (nominations.some(({ replaces }) => replaces && own.has(replaces.id)))
    violateRule('REFERRED_TO', argument);
}
