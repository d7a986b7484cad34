import { createRecordResolvers } from '@hub/shared/programme';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { delegateRights } from './people.js';
import { delegateData } from './person-tables.js';

export const recordResolvers = createRecordResolvers({
  data: [delegateData],
  hold: 'holdDelegateData',
  changes: {
    name: 'officeChanges',
    description:
      "What was changed in the offices' data, newest first. Only the offices' own people may read `person`. Changes of delegates are for those who may know of them.",
    people: [
      {
        entity: Delegate,
        mayRead: (context, { id }: Delegate) => delegateRights.mayRead(context, id),
      },
      {
        entity: DelegateNomination,
        mayRead: (context, nomination: DelegateNomination) =>
          delegateRights.mayReadNomination(context, nomination),
      },
      {
        entity: ParticipantReport,
        mayRead: (context, { delegateId, groupId }: ParticipantReport) =>
          delegateRights.mayReadOfGroup(context, delegateId, groupId),
      },
    ],
  },
  erasures: {
    name: 'officeErasures',
    description:
      'The erasures of delegates, and whether others have removed what they had written about them; by id.',
  },
  due: {
    name: 'officeRetention',
    description:
      'Personal data of delegates, and whom to call during visits, that is erased within 30 days, because the last journey was long ago; what is due soonest first.',
  },
  holds: {
    name: 'officeHolds',
    description:
      'What stops the erasure of personal data now: who or what is held, why and until when; what ends soonest first.',
  },
  disclosures: {
    name: 'officeDisclosures',
    description:
      'Who has read the offices’ restricted data, newest first. Auditors of another organisation get what was read in its name.',
  },
});
