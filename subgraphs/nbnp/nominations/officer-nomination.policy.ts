import type { PartnerContext } from '@hub/shared/context';
import {
  coordinators,
  hasRole,
  isOneOf,
  organisationOf,
  staff,
  type Levels,
} from '@hub/shared/policy';
import { networkCode, officesCode, ownerOf } from '@hub/shared/vocabulary';
import { loadStandingVisits } from '../access/visible-visits.js';
import { loadHosts } from '../access/visit-facts.js';
import { Group } from '../entities/group.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

/**
 * Decides who may read why somebody was declined: the police force that nominated, and the network,
 * which wrote it. The offices and the hosts of a visit may read about the members of a group. A
 * nominee is not a member.
 */
async function decideReason(context: PartnerContext, nominationId: string): Promise<boolean> {
  const { reader, loaders } = context;
  if (isOneOf(reader, ownerOf(nominationId), staff)) return true;
  if (isOneOf(reader, networkCode, coordinators)) return true;
  if (!hasRole(reader, coordinators)) return false;
  // Uses the network’s own row, because a representation must not decide access.
  const decided = await loaders.one(OfficerNomination).load(nominationId);
  if (!decided || decided.acceptedOn === null || decided.declinedOn !== null) return false;
  if (organisationOf(reader) === officesCode) {
    const group = await loaders.one(Group).load(decided.groupId);
    return group !== null && group.coordinatingOfficeId !== null;
  }
  const visits = await loadStandingVisits(decided.groupId, context);
  const hosts = await Promise.all(visits.map(({ id }) => loadHosts(id, context)));
  return hosts.flat().includes(organisationOf(reader));
}

/** Why the network declined an officer whom a police force nominated. */
export const officerNominationPolicy: Levels<Pick<OfficerNomination, 'id'>> = {
  identity: {
    readers:
      'the police force that nominated; co-ordinators of `nbnp`; for a member also co-ordinators of `ncm` if an office co-ordinates the group, and of police forces that host a visit of it',
    decide: (nomination, context) =>
      nomination !== undefined && decideReason(context, nomination.id),
  },
};
