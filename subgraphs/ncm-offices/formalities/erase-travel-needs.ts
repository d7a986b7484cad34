import { eraseTravelNeeds } from '@hub/shared/programme';
import { In } from 'typeorm';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';

const isStanding = In([NominationStatus.PENDING, NominationStatus.SELECTED]);

/**
 * Erases the travel needs of delegates after their last journey. False if NBNP did not respond
 * about each group.
 */
export const eraseDelegatesTravelNeeds = eraseTravelNeeds({
  entity: DelegateTravelNeeds,
  rowOf: ({ delegateId }) => ({ delegateId }),
  async findJourneys(manager, { delegateId }) {
    const where = { delegateId, status: isStanding };
    const nominations = await manager.findBy(DelegateNomination, where);
    return nominations.map(({ id, groupId }) => ({ nominationId: id, groupId }));
  },
});
