import type { Levels, PartnerContext } from '@hub/shared/policy';
import { isOwnerOrNetwork, isReaderOfMembers } from '../access/decide-people.js';
import { isMember } from '../access/load-related.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { mayReadDecision } from '../sides/people.js';

/**
 * Decides who may read why somebody was declined: the police force that nominated, and the network,
 * which wrote it. The offices and the hosts of a visit may read about the members of a group. A
 * nominee is not a member.
 */
async function decideReason(context: PartnerContext, nominationId: string): Promise<boolean> {
  if (isOwnerOrNetwork(context, nominationId)) return true;
  // Uses the network’s own row, because a representation must not decide access.
  const decided = await context.loaders.one(OfficerNomination).load(nominationId);
  return decided !== null && isMember(decided) && isReaderOfMembers(context, decided.groupId);
}

/** Why the network declined an officer whom a police force nominated. */
export const officerNominationPolicy: Levels<Pick<OfficerNomination, 'id'>> = {
  people: {
    readers:
      'staff and auditors of the police force that nominated; staff of `nbnp`, and, while it is neither declined nor withdrawn, of the organisations that send, host, co-ordinate or decide on the group, hosts until 90 days after their return',
    decide: (nomination, context) => mayReadDecision(context, nomination?.id),
  },
  identity: {
    readers:
      'the police force that nominated; co-ordinators of `nbnp`; for a member also co-ordinators of `ncm` if an office co-ordinates the group, and of police forces that host a visit of it, until 90 days after its end',
    decide: (nomination, context) =>
      nomination !== undefined && decideReason(context, nomination.id),
  },
};
