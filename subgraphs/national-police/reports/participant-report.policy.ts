import { isOwnStaff, type Levels } from '@hub/shared/policy';
import { isArranger, isReaderOfMember } from '../access/decide-people.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';

/** That a report came is open to all in the network; its text is for the sender and those who arrange the group. */
export const participantReportPolicy: Levels<ParticipantReport> = {
  report: {
    readers:
      'staff of this organisation; of a member of this group also co-ordinators of `nbnp`, and of `ncm` where an office co-ordinates the group',
    decide(report, context) {
      if (report === undefined) return false;
      if (isOwnStaff(context)) return true;
      return isReaderOfMember(context, report.officerId, [report.groupId], isArranger);
    },
  },
};
