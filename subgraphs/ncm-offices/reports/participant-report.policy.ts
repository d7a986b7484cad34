import { codes, type Levels, readers } from '@hub/shared/policy';
import { people } from '@hub/shared/programme';
import { loadGroupIds } from '../access/decide-people.js';
import { delegateRights } from '../access/people.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';

/** Who has a task with the group reads that a report came. Its text is for the offices and the network. */
export const participantReportPolicy: Levels<ParticipantReport> = {
  people: {
    readers: people.groupReaders,
    decide: (report, context) =>
      delegateRights.mayReadOfGroup(context, report?.delegateId, report?.groupId),
  },
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
