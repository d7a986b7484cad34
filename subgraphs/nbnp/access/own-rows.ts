import { herself, type Levels, type OwnLevels, type PartnerContext } from '@hub/shared/policy';
import { ownJourneys } from '@hub/shared/programme';
import type { GroupMeeting } from '../entities/group.entity.js';
import type { ItineraryStop } from '../entities/itinerary-stop.entity.js';
import type { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { type Absence, type ExpertAssignment, Visit } from '../entities/visit.entity.js';
import { loadGroupIds } from './participant.resolver.js';

const { isFellow, isHerself, isOnJourney } = ownJourneys;

const onJourney = 'members of the group, until 30 days after its return';

const person: Levels<{ readonly id: string }> = {
  self: { readers: herself, decide: (row, context) => isHerself(context, row?.id) },
  fellow: {
    readers: onJourney,
    decide: async (row, context) =>
      row !== undefined && isFellow(context, row.id, await loadOwnGroupIds(context)),
  },
};

const loadOwnGroupIds = async (context: PartnerContext): Promise<readonly string[]> =>
  context.reader.kind === 'participant' ? loadGroupIds(context.reader.person, context) : [];

const group: Levels<{ readonly id: string }> = {
  self: { readers: onJourney, decide: (row, context) => isOnJourney(context, row?.id) },
};

const ofGroup: Levels<Pick<Visit | GroupMeeting, 'groupId'>> = {
  self: { readers: onJourney, decide: (row, context) => isOnJourney(context, row?.groupId) },
};

const stop: Levels<ItineraryStop> = {
  self: {
    readers: onJourney,
    async decide(row, context) {
      if (!row || context.reader.kind !== 'participant') return false;
      return isOnJourney(context, (await context.loaders.one(Visit).load(row.visitId))?.groupId);
    },
  },
};

const absence: Levels<Absence> = {
  self: { readers: herself, decide: (row, context) => isHerself(context, row?.participantId) },
};

/** Of one that is not decided on the network knows nobody, and shows what the police force does. */
const nomination: Levels<Partial<OfficerNomination>> = {
  self: {
    readers: herself,
    decide: (row, context) =>
      row !== undefined && (row.officerId === undefined || isHerself(context, row.officerId)),
  },
};

const expert: Levels<{ readonly id: string }> = {
  self: { readers: herself, decide: (row, context) => isHerself(context, row?.id) },
};

const assignment: Levels<ExpertAssignment> = {
  self: { readers: herself, decide: (row, context) => isHerself(context, row?.expertId) },
};

/** Which rows are a participant’s own: what is marked `@Self` she reads of these. */
export const ownRows: OwnLevels = {
  Officer: person,
  Delegate: person,
  Group: group,
  Visit: ofGroup,
  GroupMeeting: ofGroup,
  ItineraryStop: stop,
  Absence: absence,
  OfficerNomination: nomination,
  Expert: expert,
  ExpertAssignment: assignment,
  Organisation: ownJourneys.everyParticipant,
  ContactPoint: ownJourneys.everyParticipant,
};
