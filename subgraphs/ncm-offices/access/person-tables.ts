import type { PersonalData } from '@hub/shared/programme';
import { In } from 'typeorm';
import { DelegateFormality } from '../entities/delegate-formality.entity.js';
import { DelegateLanguage } from '../entities/delegate-language.entity.js';
import { DelegateNomination } from '../entities/delegate-nomination.entity.js';
import { DelegateTravelNeeds } from '../entities/delegate-travel-needs.entity.js';
import { Delegate } from '../entities/delegate.entity.js';
import { GroupMeeting } from '../entities/group-meeting.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { SharedContact } from '../entities/shared-contact.entity.js';
import { NominationStatus } from '../entities/vocabulary.js';

const ofDelegate = { person: 'delegateId' } as const;

/** Personal data of delegates, and texts by or about them. */
export const delegateData: PersonalData = {
  of: 'Delegate',
  people: Delegate,
  stays: [
    { entity: DelegateLanguage, ...ofDelegate },
    { entity: GroupMeeting, person: 'attendees', isList: true },
  ],
  tables: [
    {
      entity: DelegateTravelNeeds,
      ...ofDelegate,
      kind: 'TRAVEL_NEEDS',
      since: 'setOn',
      erased: 'rows',
    },
    { entity: DelegateFormality, ...ofDelegate, kind: 'FORMALITIES', since: 'on', erased: 'rows' },
    { entity: SharedContact, ...ofDelegate, kind: 'CONTACTS', erased: 'rows' },
    { entity: Delegate, person: 'id', kind: 'CONTACTS', erased: { email: null, employer: null } },
    { entity: ParticipantReport, ...ofDelegate, kind: 'REPORTS', erased: { text: null } },
    {
      entity: DelegateNomination,
      ...ofDelegate,
      kind: 'DECISIONS',
      erased: { motivation: null, reason: null },
    },
    { entity: Delegate, person: 'id', kind: 'DECISIONS', erased: { name: null } },
  ],
  async findJourneys(manager, person) {
    const status = In([NominationStatus.PENDING, NominationStatus.SELECTED]);
    const where = { ...(person !== undefined && { delegateId: person }), status };
    const nominations = await manager.findBy(DelegateNomination, where);
    return nominations.map(({ delegateId, ...journey }) => ({ ...journey, person: delegateId }));
  },
};
