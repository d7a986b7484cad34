import { readers, type Levels } from '@hub/shared/policy';
import { ownJourneys } from '@hub/shared/programme';
import type { Group } from '../entities/group.entity.js';

/** Who has packed a bag learns why the group does not travel. */
export const groupPolicy: Levels<Pick<Group, 'id'>> = {
  cancelReason: {
    readers:
      'co-ordinators and auditors of every organisation; members of the group, until 30 days after it was cancelled',
    decide: (row, context) =>
      readers.hasRole(context.reader, [...readers.coordinators, 'auditor']) ||
      ownJourneys.isCalledOff(context, row?.id),
  },
};
