import { FormalityRecorder } from '@hub/shared/programme';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';
import { askGroup } from '../groups/ask-group.js';

/** Records formalities of selected delegates. A reserve prepares for the journey too. */
export const delegateFormalities = new FormalityRecorder({
  field: 'delegate',
  column: 'delegateId',
  person: Delegate,
  formality: DelegateFormality,
  askGroup: (context, id) => askGroup(context, id, 'input.group'),
  askMember: (_context, delegateId, groupId) =>
    Promise.resolve((manager) =>
      manager.existsBy(DelegateNomination, {
        delegateId,
        groupId,
        status: NominationStatus.SELECTED,
      }),
    ),
});
