import { words } from '@hub/shared/partner';
import { createPreparationFields } from '@hub/shared/programme';
import { loadSelected } from '../access/load-selected.js';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { Group } from '../entities/references.js';

/** What a delegate must have and needs for a journey, and how much of it is open in a group. */
export const preparations = createPreparationFields({
  person: Delegate,
  formality: DelegateFormality,
  travelNeeds: DelegateTravelNeeds,
  report: ParticipantReport,
  key: 'delegateId',
  personOf: ({ delegateId }) => delegateId,
  group: Group,
  groupFields: { open: 'delegateFormalitiesOpen', refused: 'delegateVisasRefused' },
  about: words.Group.delegateFormalitiesOpen,
  loadMemberIds: async ({ loaders }, groupId) =>
    (await loadSelected(loaders, groupId)).map(({ delegateId }) => delegateId),
});
