import { createEnum } from '../../graphql/scalars/scalars.js';

export const Sector = createEnum('Sector', 'The field that an institution works in.', {
  POLICE: 'Police, criminal investigation included.',
  PROSECUTION: 'Prosecution services.',
  COURT: 'Judges, courts and their staff.',
  BORDER_CONTROL: 'Border guards and passport control.',
  CUSTOMS: 'Customs services.',
  SOCIAL: 'Social services and shelters of the state or a municipality.',
  HEALTH: 'Hospitals and health services.',
  NGO: 'Voluntary and other non-governmental organisations.',
  GOVERNMENT: 'Ministries, parliaments, municipalities and embassies.',
  EDUCATION: 'Schools, academies and research.',
  OTHER: 'Any other field.',
});
export type Sector = keyof typeof Sector;

export const TargetGroup = createEnum(
  'TargetGroup',
  'The kinds of authority whose people a programme admits.',
  {
    POLICE: 'Police forces.',
    PROSECUTION: 'Prosecution services.',
    COURT: 'Judges and staff of courts.',
    BORDER_CONTROL: 'Border guards and passport control.',
    CUSTOMS: 'Customs services.',
  },
);
export type TargetGroup = keyof typeof TargetGroup;

export const SupportRole = createEnum('SupportRole', 'What an expert does for a visit.', {
  EXPERT: 'Teaches or advises in a field.',
  INTERPRETER: 'Interprets between two or more languages.',
  SUPPORT_PERSON: 'Accompanies and supports the group.',
});
export type SupportRole = keyof typeof SupportRole;

export const SiteEvidence = createEnum(
  'SiteEvidence',
  'How well it is documented that groups have gone to a site.',
  {
    DOCUMENTED_VISIT: 'A source reports the visit.',
    OFFERED_VISIT: 'A source reports that the visit was offered.',
    ANNOUNCED_VISIT: 'A source announced the visit; none reports it.',
    PROGRAMME_VENUE: 'A seminar of the programme took place there.',
    RELEVANT_HOST: 'No visit is known; its work is what groups come to see.',
  },
);
export type SiteEvidence = keyof typeof SiteEvidence;

export const HostingStatus = createEnum('HostingStatus', 'The status of an offer to host.', {
  OFFERED: 'Offered, and not confirmed by the host.',
  CONFIRMED: 'Confirmed by the host, for a visit that its country hosts.',
  WITHDRAWN: 'Withdrawn by the host.',
});
export type HostingStatus = keyof typeof HostingStatus;

export const FormalityKind = createEnum(
  'FormalityKind',
  'What a member of a group must have before the departure.',
  {
    INVITATION_LETTER: 'The host’s letter of invitation.',
    VISA: 'The permission to enter the host country.',
    TICKET: 'The ticket for the journey.',
    INSURANCE: 'The insurance for the journey.',
    CONSENT: 'The consent to the journey, by the person or the employer.',
  },
);
export type FormalityKind = keyof typeof FormalityKind;

export const FormalityStatus = createEnum('FormalityStatus', 'How far a formality has come.', {
  NOT_NEEDED: 'The person does not need it.',
  REQUESTED: 'Requested, and not received yet.',
  RECEIVED: 'The sending side has it.',
  REFUSED: 'Whoever was asked has refused it.',
});
export type FormalityStatus = keyof typeof FormalityStatus;

export const NominationStatus = createEnum(
  'NominationStatus',
  'How far the proposal of a person for a group is.',
  {
    PENDING: 'Not decided yet.',
    SELECTED: 'Selected or accepted for the group, as a member or as a reserve.',
    DECLINED: 'Declined, or released after a selection.',
    WITHDRAWN: 'Withdrawn by whoever proposed the person.',
  },
);
export type NominationStatus = keyof typeof NominationStatus;

export const MeetingKind = createEnum('MeetingKind', 'When a group meets, and why.', {
  BRIEFING: 'Before the journey, to prepare it.',
  DEBRIEFING: 'After the return, to talk about what the group has seen.',
});
export type MeetingKind = keyof typeof MeetingKind;

export const Outstanding = createEnum(
  'Outstanding',
  'What the side that sends a person still has to do for the person’s journey with one group.',
  {
    FORMALITIES:
      'At least one of the five formalities is open: neither `RECEIVED` nor `NOT_NEEDED`.',
    REPORT: 'No report of the person about a visit of the group was received.',
  },
);
export type Outstanding = keyof typeof Outstanding;

export const PersonalDataKind = createEnum(
  'PersonalDataKind',
  'A kind of personal data, with a time of its own to be kept.',
  {
    TRAVEL_NEEDS: 'What a person needs on a journey.',
    FORMALITIES: 'Visas, tickets and the other formalities of a journey.',
    CONTACTS: 'E-mail, rank and employer; and whom to call during a visit.',
    REPORTS: 'The texts of reports.',
    DECISIONS: 'The name, and the texts of proposals and decisions.',
    READERS:
      'The names of those who read, in the record. Its days count from the month of the reading.',
  },
);
export type PersonalDataKind = keyof typeof PersonalDataKind;
