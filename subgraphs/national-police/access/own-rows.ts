import { herself, type Levels, type OwnLevels } from '@hub/shared/policy';
import { ownJourneys } from '@hub/shared/programme';
import type { Hosting } from '../entities/hosting.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';

const { isFellow, isHerself, isOnVisit, isOnVisitOfStop } = ownJourneys;

const onJourney = 'members of the group, until 30 days after its return';

const self: Levels<{ readonly id: string }> = {
  self: { readers: herself, decide: (row, context) => isHerself(context, row?.id) },
};

const officer: Levels<{ readonly id: string }> = {
  ...self,
  fellow: {
    readers: onJourney,
    async decide(row, context) {
      if (!row || context.reader.kind !== 'participant') return false;
      const nominations = await context.loaders.many(OfficerNomination, 'officerId').load(row.id);
      const groups = nominations.map(({ groupId }) => groupId);
      return isFellow(context, row.id, groups);
    },
  },
};

const ofOfficer: Levels<{ readonly officerId: string }> = {
  self: { readers: herself, decide: (row, context) => isHerself(context, row?.officerId) },
};

/**
 * A police force that does not host knows no members. It gives every participant the list, which is
 * empty for all but the members, so that nobody learns who has offered.
 */
const visit: Levels<{ readonly id: string }> = {
  self: { readers: onJourney, decide: (_row, { reader }) => reader.kind === 'participant' },
};

const hosting: Levels<Hosting> = {
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
  Officer: officer,
  OfficerNomination: ofOfficer,
  ParticipantReport: ofOfficer,
  Formality: ofOfficer,
  TravelNeeds: ofOfficer,
  Expert: self,
  Visit: visit,
  Hosting: hosting,
  ItineraryStop: stop,
  PoliceUnit: ownJourneys.everyParticipant,
  ContactPoint: ownJourneys.everyParticipant,
};
