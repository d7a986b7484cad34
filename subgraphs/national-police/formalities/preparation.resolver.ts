import { words } from '@hub/shared/partner';
import { createPreparationFields } from '@hub/shared/programme';
import { Group } from '../entities/group.reference.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { loadMemberIds } from './load-members.js';

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
