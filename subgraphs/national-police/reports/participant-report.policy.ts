import type { TypePolicy } from '@hub/shared/policy';
import { decidePeople, isArranger, isOwnStaff, isReaderOfMember } from '../access/decide-people.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';

/** That a report came is open to all in the network; its text is for the sender and those who arrange the group. */
export const participantReportPolicy: TypePolicy<ParticipantReport> = {
  object: 'people',
  fields: {
    id: 'people',
    group: 'people',
    visit: 'people',
    receivedOn: 'people',
    text: 'report',
  },
  decide(level, report, context) {
    if (level === 'people' || !report) return decidePeople(context);
    if (isOwnStaff(context)) return true;
    return isReaderOfMember(context, report.officerId, [report.groupId], isArranger);
  },
};
