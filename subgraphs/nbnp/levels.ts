import { joinLevels, type OwnLevels } from '@hub/shared/policy';
import { networkReadings } from '@hub/shared/programme';
import { absencePolicy } from './absences/absence.policy.js';
import { eventWriters } from './access/event.policy.js';
import { groupPolicy } from './access/group.policy.js';
import { ownRows } from './access/own-rows.js';
import { expertAssignmentPolicy, expertPolicy } from './experts/expert.policy.js';
import { groupMeetingPolicy } from './meetings/group-meeting.policy.js';
import { erasers, networkFile } from './nominations/erase-texts.js';
import { officerNominationPolicy } from './nominations/officer-nomination.policy.js';
import { memberReaders } from './participants/has-member.js';
import { taskListPolicy, taskPolicy } from './tasks/task.policy.js';
import { informationReadPolicy, itineraryStopPolicy, visitPolicy } from './visits/visit.policy.js';

const byRole: OwnLevels = {
  Query: { ...taskListPolicy, ...networkReadings.levels, ...networkFile.levels },
  Mutation: { ...eventWriters, ...erasers },
  OfficerNomination: officerNominationPolicy,
  Absence: absencePolicy,
  Group: groupPolicy,
  GroupMeeting: groupMeetingPolicy,
  Programme: memberReaders,
  Visit: visitPolicy,
  InformationRead: informationReadPolicy,
  ItineraryStop: itineraryStopPolicy,
  Expert: expertPolicy,
  ExpertAssignment: expertAssignmentPolicy,
  Task: taskPolicy,
  TaskEdge: taskListPolicy,
  TaskConnection: taskListPolicy,
  Ending: taskPolicy,
  EndingEdge: taskListPolicy,
  EndingConnection: taskListPolicy,
};

/** The access levels of individual types. `@Access` and `@Self` beside each field name them. */
export const levels: OwnLevels = joinLevels(byRole, ownRows);
