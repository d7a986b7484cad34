import { type Levels, readers } from '@hub/shared/policy';
import { isArranger, isReaderOfMember } from '../access/decide-people.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';

/**
 * All in the network may see that a report exists. Its text is for the sender and those who arrange
 * the group.
 */
export const participantReportPolicy: Levels<ParticipantReport> = {
  report: {
    readers:
      'staff of this organisation; for a member of this group also co-ordinators of `nbnp`, and of `ncm` if an office co-ordinates the group',
    decide(report, context) {
      if (report === undefined) return false;
      if (readers.isOwnStaff(context)) return true;
      return isReaderOfMember(context, report.officerId, [report.groupId], isArranger);
    },
  },
};
