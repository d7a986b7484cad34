import { createRecordResolvers } from '@hub/shared/programme';
import { Expert } from '../entities/expert.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { Officer } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { mayReadExpert, officerRights } from './people.js';
import { expertData, officerData } from './person-tables.js';

const country = 'ISO code of the country of the police force: `DK`.';

export const recordResolvers = createRecordResolvers({
  data: [officerData, expertData],
  hold: 'holdPoliceData',
  changes: {
    name: 'policeChanges',
    description:
      "What was changed in this police force's data, newest first. Only its own people may read `person`. Changes of its officers and experts are for those who may know of them.",
    country,
    people: [
      {
        entity: Officer,
        mayRead: (context, { id }: Officer) => officerRights.mayRead(context, id),
      },
      {
        entity: OfficerNomination,
        mayRead: (context, nomination: OfficerNomination) =>
          officerRights.mayReadNomination(context, nomination),
      },
      {
        entity: ParticipantReport,
        mayRead: (context, { officerId, groupId }: ParticipantReport) =>
          officerRights.mayReadOfGroup(context, officerId, groupId),
      },
      { entity: Expert, mayRead: (context, { id }: Expert) => mayReadExpert(context, id) },
    ],
  },
  erasures: {
    name: 'policeErasures',
    description:
      "The erasures of this police force's people, and whether others have removed what they had written about them; by id.",
    country,
  },
  due: {
    name: 'policeRetention',
    description:
      'Personal data of officers and experts, and whom to call during visits, that is erased within 30 days, because the last journey was long ago; what is due soonest first.',
    country,
  },
  holds: {
    name: 'policeHolds',
    description:
      'What stops the erasure of personal data now: who or what is held, why and until when; what ends soonest first.',
    country,
  },
  disclosures: {
    name: 'policeDisclosures',
    description:
      'Who has read the restricted data of one police force, newest first. Auditors of another organisation get what was read in its name.',
    country: 'The country of the police force.',
  },
});
