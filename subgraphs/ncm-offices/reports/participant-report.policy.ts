import { codes, type Levels, readers } from '@hub/shared/policy';
import { loadGroupIds } from '../access/decide-people.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';

/** All in the network may see that a report exists. Its text is for the offices and the network. */
export const participantReportPolicy: Levels<ParticipantReport> = {
  report: {
    readers: 'staff of this organisation; for a member of this group also co-ordinators of `nbnp`',
    async decide(report, context) {
      if (report === undefined) return false;
      if (readers.isOwnStaff(context)) return true;
      if (!readers.isOneOf(context.reader, codes.networkCode, readers.coordinators)) return false;
      return (await loadGroupIds(context, report.delegateId)).includes(report.groupId);
    },
  },
};
