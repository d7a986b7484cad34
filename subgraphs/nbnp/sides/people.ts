import { codes, type PartnerContext, readers } from '@hub/shared/policy';
import { people, sides } from '@hub/shared/programme';
import { isDecided, loadAccepted } from '../access/load-related.js';
import { loadStandingVisits } from '../access/visible-visits.js';
import { loadHosts } from '../access/visit-facts.js';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { loadGroupSides } from './load-sides.js';

/** Whether the caller has a task with the people of a group, whoever sends them. */
export function mayReadPeople(
  context: PartnerContext,
  groupId: string,
): boolean | Promise<boolean> {
  const { reader } = context;
  if (readers.isOneOf(reader, codes.networkCode, readers.staff)) return true;
  if (!readers.hasRole(reader, readers.staff)) return false;
  return people.decideOnce(context, `people of ${groupId}`, async () => {
    const group = await context.loaders.one(Group).load(groupId);
    return (
      group !== null &&
      people.hasTask(readers.organisationOf(reader), await loadTask(group, context), context)
    );
  });
}

async function loadTask(group: Group, context: PartnerContext): Promise<people.GroupTask> {
  const [accepted, visits, groupSides] = await Promise.all([
    loadAccepted(group.id, context),
    loadStandingVisits(group.id, context),
    loadGroupSides(group, context),
  ]);
  return {
    senders: new Set(accepted.map(({ officerId }) => codes.ownerOf(officerId))),
    visits: await Promise.all(
      visits.map(async ({ id, returnedOn }) => ({
        hosts: await loadHosts(id, context),
        returnedOn,
      })),
    ),
    cancelledOn: group.cancelledOn,
    isOfOffices: group.coordinatingOfficeId !== null || sides.sendsDelegates(groupSides),
  };
}

/** The same of one person: also for staff and auditors of the organisation that sends her. */
export const mayReadPerson = (
  context: PartnerContext,
  person: string,
  groupId: string,
): boolean | Promise<boolean> =>
  readers.isOneOf(context.reader, codes.ownerOf(person), [...readers.staff, 'auditor']) ||
  mayReadPeople(context, groupId);

/**
 * Whether the caller may read a decision on a nomination. Before one there is nothing of ours, and
 * the police force has decided who reads the nomination.
 */
export function mayReadDecision(
  context: PartnerContext,
  nominationId: string | undefined,
): boolean | Promise<boolean> {
  const { reader } = context;
  if (readers.isOneOf(reader, codes.networkCode, readers.staff)) return true;
  if (nominationId === undefined) return false;
  if (readers.isOneOf(reader, codes.ownerOf(nominationId), [...readers.staff, 'auditor']))
    return true;
  if (!readers.hasRole(reader, readers.staff)) return false;
  return people.decideOnce(context, nominationId, async () => {
    // Uses the network’s own row, because a representation must not decide access.
    const decided = await context.loaders.one(OfficerNomination).load(nominationId);
    if (!decided || !isDecided(decided)) return true;
    return decided.declinedOn === null && mayReadPeople(context, decided.groupId);
  });
}
