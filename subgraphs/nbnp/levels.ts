import type { OwnLevels } from '@hub/shared/policy';
import { absencePolicy } from './absences/absence.policy.js';
import { eventWriters } from './access/event.policy.js';
import { expertAssignmentPolicy, expertPolicy } from './experts/expert.policy.js';
import { groupMeetingPolicy } from './meetings/group-meeting.policy.js';
import { erasers } from './nominations/erase-texts.js';
import { officerNominationPolicy } from './nominations/officer-nomination.policy.js';
import { taskListPolicy, taskPolicy } from './tasks/task.policy.js';
import { itineraryStopPolicy, visitPolicy } from './visits/visit.policy.js';

/** The access levels of individual types. `@Access` beside each field names its level. */
export const levels: OwnLevels = {
  Query: taskListPolicy,
  Mutation: { ...eventWriters, ...erasers },
  OfficerNomination: officerNominationPolicy,
  Absence: absencePolicy,
  GroupMeeting: groupMeetingPolicy,
  Visit: visitPolicy,
  ItineraryStop: itineraryStopPolicy,
  Expert: expertPolicy,
  ExpertAssignment: expertAssignmentPolicy,
  Task: taskPolicy,
  TaskEdge: taskListPolicy,
  TaskConnection: taskListPolicy,
};
