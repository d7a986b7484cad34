import { type Levels, readers } from '@hub/shared/policy';
import { people } from '@hub/shared/programme';
import { isArranger, isReaderOfMember } from '../access/decide-people.js';
import { officerRights } from '../access/people.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';

/**
 * Who has a task with the group reads that a report came. Its text is for the sender and those who
 * arrange the group.
 */
export const participantReportPolicy: Levels<ParticipantReport> = {
  people: {
    readers: people.groupReaders,
    decide: (report, context) =>
      officerRights.mayReadOfGroup(context, report?.officerId, report?.groupId),
  },
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
