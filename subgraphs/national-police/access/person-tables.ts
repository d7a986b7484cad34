import type { PersonalData } from '@hub/shared/programme';
import { IsNull } from 'typeorm';
import { ExpertLoan } from '../entities/expert-loan.entity.js';
import { Expert, ExpertField, ExpertLanguage, ExpertRole } from '../entities/expert.entity.js';
import { OfficerFormality } from '../entities/officer-formality.entity.js';
import { OfficerNomination } from '../entities/officer-nomination.entity.js';
import { OfficerTravelNeeds } from '../entities/officer-travel-needs.entity.js';
import { Officer, OfficerLanguage } from '../entities/officer.entity.js';
import { ParticipantReport } from '../entities/participant-report.entity.js';
import { SharedContact } from '../entities/shared-contact.entity.js';

const ofOfficer = { person: 'officerId' } as const;

/** Personal data of officers, and texts by or about them. */
export const officerData: PersonalData = {
  of: 'Officer',
  people: Officer,
  stays: [{ entity: OfficerLanguage, ...ofOfficer }],
  tables: [
    {
      entity: OfficerTravelNeeds,
      ...ofOfficer,
      kind: 'TRAVEL_NEEDS',
      since: 'setOn',
      erased: 'rows',
    },
    { entity: OfficerFormality, ...ofOfficer, kind: 'FORMALITIES', since: 'on', erased: 'rows' },
    { entity: SharedContact, ...ofOfficer, kind: 'CONTACTS', erased: 'rows' },
    { entity: Officer, person: 'id', kind: 'CONTACTS', erased: { email: null, rank: null } },
    { entity: ParticipantReport, ...ofOfficer, kind: 'REPORTS', erased: { text: null } },
    { entity: OfficerNomination, ...ofOfficer, kind: 'DECISIONS', erased: { motivation: null } },
    { entity: Officer, person: 'id', kind: 'DECISIONS', erased: { name: null } },
  ],
  async findJourneys(manager, person) {
    const where = { ...(person !== undefined && { officerId: person }), withdrawnOn: IsNull() };
    const nominations = await manager.findBy(OfficerNomination, where);
    return nominations.map(({ officerId, ...journey }) => ({ ...journey, person: officerId }));
  },
};

/** Personal data of experts, and texts about them. */
export const expertData: PersonalData = {
  of: 'Expert',
  people: Expert,
  stays: [ExpertLanguage, ExpertRole, ExpertField].map((entity) => ({
    entity,
    person: 'expertId',
  })),
  tables: [
    { entity: Expert, person: 'id', kind: 'CONTACTS', erased: { email: null } },
    {
      entity: ExpertLoan,
      person: 'expertId',
      kind: 'DECISIONS',
      erased: { loanReason: null, withdrawReason: null },
    },
    { entity: Expert, person: 'id', kind: 'DECISIONS', erased: { name: null } },
  ],
  journeysOf: 'experts',
  async findJourneys(manager, person) {
    const experts = await manager.findBy(Expert, { ...(person !== undefined && { id: person }) });
    const loans = await manager.findBy(ExpertLoan, {
      ...(person !== undefined && { expertId: person }),
    });
    const decided = new Map<string, string>();
    for (const { expertId, loanDecidedOn } of loans)
      if (loanDecidedOn > (decided.get(expertId) ?? '')) decided.set(expertId, loanDecidedOn);
    return experts.map(({ id }) => ({
      id,
      person: id,
      groupId: id,
      nominatedOn: decided.get(id) ?? '',
    }));
  },
};
