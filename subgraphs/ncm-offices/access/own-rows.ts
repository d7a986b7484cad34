import { herself, type Levels, type OwnLevels } from '@hub/shared/policy';
import { ownJourneys } from '@hub/shared/programme';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import type { GroupMeeting } from '../entities/group-meeting.entity.js';
import type { RegionalHosting } from '../entities/regional-hosting.entity.js';

const { isFellow, isHerself, isOnJourney, isOnVisit, isOnVisitOfStop } = ownJourneys;

const onJourney = 'members of the group, until 30 days after its return';

const delegate: Levels<{ readonly id: string }> = {
  self: { readers: herself, decide: (row, context) => isHerself(context, row?.id) },
  fellow: {
    readers: onJourney,
    async decide(row, context) {
      if (!row || context.reader.kind !== 'participant') return false;
      const nominations = await context.loaders.many(DelegateNomination, 'delegateId').load(row.id);
      const groups = nominations.map(({ groupId }) => groupId);
      return isFellow(context, row.id, groups);
    },
  },
};

const ofDelegate: Levels<{ readonly delegateId: string }> = {
  self: { readers: herself, decide: (row, context) => isHerself(context, row?.delegateId) },
};

const group: Levels<{ readonly id: string }> = {
  self: { readers: onJourney, decide: (row, context) => isOnJourney(context, row?.id) },
};

const meeting: Levels<GroupMeeting> = {
  self: { readers: onJourney, decide: (row, context) => isOnJourney(context, row?.groupId) },
};

const visit: Levels<{ readonly id: string }> = {
  self: {
    readers: onJourney,
    decide: (row, context) => row !== undefined && isOnVisit(context, row.id),
  },
};

const hosting: Levels<RegionalHosting> = {
  self: {
    readers: onJourney,
    decide: (row, context) => row !== undefined && isOnVisit(context, row.visitId),
  },
};

const stop: Levels<{ readonly id: string }> = {
  self: {
    readers: onJourney,
    decide: (row, context) => row !== undefined && isOnVisitOfStop(context, row.id),
  },
};

/** Which rows are a participant’s own: what is marked `@Self` she reads of these. */
export const ownRows: OwnLevels = {
  Delegate: delegate,
  DelegateNomination: ofDelegate,
  ParticipantReport: ofDelegate,
  Formality: ofDelegate,
  TravelNeeds: ofDelegate,
  Group: group,
  GroupMeeting: meeting,
  Visit: visit,
  RegionalHosting: hosting,
  ItineraryStop: stop,
  Office: ownJourneys.everyParticipant,
  ContactPoint: ownJourneys.everyParticipant,
};
