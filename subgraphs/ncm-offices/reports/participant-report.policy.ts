import { coordinators, isOneOf, type TypePolicy } from '@hub/shared/policy';
import { networkCode } from '@hub/shared/vocabulary';
import { decidePeople, isOwnStaff, loadGroupIds } from '../access/decide-people.js';
import type { ParticipantReport } from '../entities/participant-report.entity.js';

/** That a report came is open to all in the network; its text is for the offices and the network. */
export const participantReportPolicy: TypePolicy<ParticipantReport> = {
  object: 'people',
  fields: {
    id: 'people',
    group: 'people',
    visit: 'people',
    receivedOn: 'people',
    text: 'report',
  },
  async decide(level, report, context) {
    if (level === 'people' || !report) return decidePeople(context);
    if (isOwnStaff(context)) return true;
    if (!isOneOf(context.reader, networkCode, coordinators)) return false;
    return (await loadGroupIds(context, report.delegateId)).includes(report.groupId);
  },
};
