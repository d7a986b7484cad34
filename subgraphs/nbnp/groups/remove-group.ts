import { HubError, violateRule } from '@hub/shared/errors';
import { hubIssuer } from '@hub/shared/identity';
import { checkNoReferences, checkVersion, findForChange, perform } from '@hub/shared/partner';
import { codes, type PartnerContext } from '@hub/shared/policy';
import type { EntityManager } from 'typeorm';
import { Group, GroupMeeting } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Absence, Visit } from '../entities/visit.entity.js';
import { checkNotSigned } from './group-for-change.js';
import type { RemoveGroupInput } from './group.input.js';

const argument = 'input.group';

/**
 * Removes a group that was a mistake, and to which nothing refers: no visit, nomination, meeting or
 * report, of any organisation. Only the record of changes shows that it existed.
 * @throws HubError `NOT_FOUND` `BAD_USER_INPUT` `CONFLICT` `PARTNER_…` `RULE_VIOLATED` REFERRED_TO,
 * EVALUATED
 */
export async function removeGroup(
  context: PartnerContext,
  input: RemoveGroupInput,
): Promise<boolean> {
  await perform<Group>(context, {
    name: 'removeGroup',
    input,
    reason: input.reason,
    async ask() {
      await findRemoving(context.source.manager, input);
      await askReferences(context, input.group);
    },
    async write(manager) {
      const group = await findRemoving(manager, input);
      await manager.delete(Group, { id: group.id });
      return group;
    },
  });
  return true;
}

/** Finds the group, and checks the network’s own records. */
async function findRemoving(
  manager: EntityManager,
  { group: id, version }: RemoveGroupInput,
): Promise<Group> {
  const group = await findForChange(manager, Group, id, argument);
  checkVersion(group, version);
  await checkNotSigned(manager, group.programmeId, argument);
  const referring = [Visit, OfficerNomination, GroupMeeting, Absence];
  await checkNoReferences(manager, referring, { groupId: id }, argument);
  return group;
}

interface References {
  readonly officerNominations: readonly unknown[] | null;
  readonly delegateNominations: readonly unknown[] | null;
  readonly officerReportsReceived: number | null;
  readonly delegateReportsReceived: number | null;
  readonly delegatesBriefedOn: string | null;
  readonly delegatesDebriefedOn: string | null;
}

/**
 * Asks all organisations for what they have recorded of a group. Formalities need a nomination.
 * @throws HubError `PARTNER_…`; `RULE_VIOLATED` REFERRED_TO
 */
async function askReferences(
  { askHub }: Pick<PartnerContext, 'askHub'>,
  id: string,
): Promise<void> {
  const { group } = await askHub(
    `query ReferencesToGroup($id: ID!) {
      group(id: $id) {
        officerNominations { id } delegateNominations { id }
        officerReportsReceived delegateReportsReceived delegatesBriefedOn delegatesDebriefedOn
      }
    }`,
    { id },
  );
  const of = group as References;
  const ofOffices = [of.delegateNominations?.length ?? null, of.delegateReportsReceived];
  const counts = [...ofOffices, of.officerNominations?.length ?? null, of.officerReportsReceived];
  // An incomplete response must not decide. Which police force is missing is unknown here.
  if (counts.includes(null)) {
    const partner = ofOffices.includes(null) ? codes.officesCode : hubIssuer;
    throw new HubError('PARTNER_UNAVAILABLE', { partner });
  }
  const hasMet = of.delegatesBriefedOn !== null || of.delegatesDebriefedOn !== null;
  if (hasMet || counts.some((count) => count !== 0)) violateRule('REFERRED_TO', argument);
}
