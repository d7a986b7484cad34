import { eraseTravelNeeds } from '@hub/shared/programme';
import { IsNull } from 'typeorm';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';

/**
 * Erases the travel needs of officers after their last journey. False if the network did not
 * respond about each group.
 */
export const eraseOfficersTravelNeeds = eraseTravelNeeds({
  entity: OfficerTravelNeeds,
  rowOf: ({ officerId }) => ({ officerId }),
  async findJourneys(manager, { officerId }) {
    const where = { officerId, withdrawnOn: IsNull() };
    const nominations = await manager.findBy(OfficerNomination, where);
    return nominations.map(({ id, groupId }) => ({ nominationId: id, groupId }));
  },
});
