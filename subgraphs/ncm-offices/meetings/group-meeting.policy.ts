import { words } from '@hub/shared/partner';
import { type Levels, readers } from '@hub/shared/policy';
import { itineraries } from '@hub/shared/programme';
import type { GroupMeeting } from '../entities/group-meeting.entity.js';

/** Two levels: that a group met, and what the meeting was about, which an office recorded. */
export const groupMeetingPolicy: Levels<GroupMeeting> = {
  visit: {
    readers: words.GroupMeeting.readers,
    decide: (meeting, context) =>
      readers.isPerson(context.reader) ||
      (meeting !== undefined && itineraries.mayKnowJourneys(context, meeting.groupId)),
  },
  itinerary: {
    readers: words.GroupMeeting.planReaders,
    decide: (meeting, context) =>
      readers.isOwnStaff(context) ||
      (meeting !== undefined &&
        itineraries.mayReadItinerary(context, () =>
          itineraries.readJourneyFacts(context, meeting.groupId),
        )),
  },
};
