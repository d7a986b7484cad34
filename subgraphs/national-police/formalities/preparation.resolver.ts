import { words } from '@hub/shared/partner';
import type { PartnerContext } from '@hub/shared/policy';
import { createPreparationFields } from '@hub/shared/programme';
import { readNetworkDecisions } from '../access/network-decisions.js';
import { Group } from '../entities/group.reference.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';

/**
 * This police force’s members of a group: the nominees whom the network has accepted and not
 * released. The network is asked only if a nomination is not withdrawn.
 * @throws HubError `PARTNER_…` if the network is unavailable
 */
async function loadMemberIds(context: PartnerContext, groupId: string): Promise<string[]> {
  const nominations = await context.loaders.many(OfficerNomination, 'groupId').load(groupId);
  const standing = nominations.filter(({ withdrawnOn }) => withdrawnOn === null);
  if (standing.length === 0) return [];
  const decisions = await readNetworkDecisions(context, groupId);
  const ids = standing
    .map(({ officerId }) => officerId)
    .filter((id) => decisions?.accepted.has(id));
  return [...new Set(ids)];
}

/** What an officer must have and needs for a journey, and how much of it is open in a group. */
export const preparations = createPreparationFields({
  person: Officer,
  formality: OfficerFormality,
  travelNeeds: OfficerTravelNeeds,
  report: ParticipantReport,
  key: 'officerId',
  personOf: ({ officerId }) => officerId,
  group: Group,
  groupFields: { open: 'officerFormalitiesOpen', refused: 'officerVisasRefused' },
  about: words.Group.officerFormalitiesOpen,
  loadMemberIds,
});
