import { words } from '@hub/shared/partner';
import { type Levels, readers } from '@hub/shared/policy';
import { decideMeetings } from '../access/decide-itinerary.js';
import { mayKnowJourneys } from '../access/visible-visits.js';
import type { GroupMeeting } from '../entities/group.entity.js';

/** Two levels: that a group met, and what the meeting was about. */
export const groupMeetingPolicy: Levels<GroupMeeting> = {
  visit: {
    readers: words.GroupMeeting.readers,
    decide: (meeting, context) =>
      readers.isPerson(context.reader) ||
      (meeting !== undefined && mayKnowJourneys(meeting.groupId, context)),
  },
  itinerary: {
    readers: words.GroupMeeting.planReaders,
    decide: (meeting, context) => decideMeetings(context, meeting?.groupId),
  },
};
