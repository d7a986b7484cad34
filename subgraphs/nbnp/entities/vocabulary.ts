import { createEnum } from '@hub/shared/graphql';

export const PartyRoleKind = createEnum(
  'PartyRoleKind',
  'The part that a body takes at an event or in a programme.',
  {
    ORGANISER: 'Prepares and holds it.',
    PARTNER: 'Co-operates in it without organising it.',
    HOST: 'Receives it in its house or country.',
    LEAD: 'Leads it among several organisers.',
    COORDINATOR: 'Co-ordinates the participants.',
    SELECTOR: 'Selects the participants.',
    FUNDER: 'Pays for it, at least in part.',
    SIGNATORY: 'Signs what is agreed there.',
    DECISION_MAKER: 'Takes the decision that it is about.',
    MANDATED: 'Is given a task by it.',
  },
);
export type PartyRoleKind = keyof typeof PartyRoleKind;

export const Direction = createEnum('Direction', 'Which way a group travels.', {
  NORTH_WEST_RUSSIA_TO_NORDIC:
    'From North-West Russia to the Nordic countries; the offices send its members.',
  NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA:
    'From the Nordic and Baltic countries to North-West Russia; the police forces send its members.',
});
export type Direction = keyof typeof Direction;

export const StopStatus = createEnum('StopStatus', 'Whether a stop takes place.', {
  PLANNED: 'It is planned, and nothing else is recorded.',
  CALLED_OFF: 'It was called off, and counts nowhere.',
  HELD: 'It took place.',
  NOT_HELD: 'It did not take place, without having been called off. It counts nowhere.',
});
export type StopStatus = keyof typeof StopStatus;

/** The stops that count wherever stops count: as shown, to confirm, within the days of a visit. */
export const countedStatuses: readonly StopStatus[] = [StopStatus.PLANNED, StopStatus.HELD];

export const SiteContactStatus = createEnum(
  'SiteContactStatus',
  'How far the network has come with the institution that a stop visits.',
  {
    ASKED: 'The network has asked it.',
    AGREED: 'It receives the group.',
    DECLINED: 'It does not receive the group.',
    THANKED: 'The network has thanked it after the visit.',
  },
);
export type SiteContactStatus = keyof typeof SiteContactStatus;

export const OfficerDecision = createEnum(
  'OfficerDecision',
  'What the network decides on a nominee of a police force.',
  {
    ACCEPT: 'Accepted as a member.',
    RESERVE: 'Accepted as a reserve, without a place.',
    DECLINE: 'Declined; a member is released.',
  },
);
export type OfficerDecision = keyof typeof OfficerDecision;

export const LoanStatus = createEnum('LoanStatus', 'How far the loan of an expert is.', {
  REQUESTED:
    'The network has asked for the expert. The police force has not decided, or lent them for other days than those of the visit.',
  LENT: 'The police force lends the expert for the visit.',
  REFUSED:
    'The police force does not lend the expert. The assignment stays until the network releases them.',
  WITHDRAWN:
    'The police force lent the expert, and took them back. The assignment stays until the network releases them.',
});
export type LoanStatus = keyof typeof LoanStatus;

/** In the order of the process, which a cancelled group has left. */
export const GroupState = createEnum(
  'GroupState',
  'The state of a group by its recorded dates, in the order of the process.',
  {
    PLANNED: 'Planned; nobody is nominated.',
    NOMINATED: 'People are nominated, and nobody is selected or accepted.',
    SELECTED: 'It has members.',
    BRIEFED: 'It has met for its briefing.',
    TRAVELLING: 'It has set out and is not back.',
    RETURNED: 'It is back from its journey.',
    DEBRIEFED: 'It has met for its debriefing after the return.',
    REPORTED: 'Every member has handed in a report.',
    EVALUATED: 'The network and the offices have signed the evaluation of its programme.',
    CANCELLED: 'The network has cancelled it.',
  },
);
export type GroupState = keyof typeof GroupState;

export const EventKind = createEnum('EventKind', 'What kind of event it is, by its source.', {
  AGREEMENT: 'The signing of an agreement or a protocol of intent.',
  ANNIVERSARY: 'A celebration of years that a body has existed.',
  BOARD_MEETING: 'A meeting of the network’s board.',
  CALL: 'A call for projects or applications.',
  CONFERENCE: 'What its source calls a conference.',
  DECISION: 'A decision of a body, without a meeting that is known.',
  EVALUATION_MEETING: 'A meeting that evaluates a programme.',
  FORUM: 'A forum with speakers and discussion.',
  FOUNDING: 'The founding of a body.',
  LEGAL_ACT: 'A law or convention that is passed or comes into force.',
  MEETING: 'A meeting of another kind.',
  MINISTERIAL_MEETING: 'A meeting of ministers.',
  NETWORK_MEETING: 'A meeting of the network’s members.',
  OFFICE_OPENING: 'The day on which an office began its work.',
  PROGRAMME_PHASE: 'A phase of a programme, between two dates.',
  PROJECT: 'A project, between two dates.',
  RECEPTION: 'A reception of guests.',
  ROUND_TABLE: 'What its source calls a round table.',
  SEMINAR: 'A seminar as a whole.',
  SEMINAR_PART: 'A part of a seminar, at its own place or days.',
  SITE_OPENING: 'The opening of an institution: a shelter, a centre.',
  STUDY_VISIT: 'A visit to institutions, to learn from them.',
  SUMMIT: 'A meeting of heads of government or state.',
  TASK_FORCE_MEETING: 'A session of a task force of several states.',
  OTHER: 'Anything else.',
});
export type EventKind = keyof typeof EventKind;

export const ContactBasis = createEnum('ContactBasis', 'What brought two parties together.', {
  EVENT: 'An event in which both had a role.',
  REPRESENTATION: 'An event at which one or both are named only as represented by somebody.',
  VISIT: 'A visit that has ended.',
  PROGRAMME: 'A programme in which both have a role.',
  MEMBERSHIP:
    'The membership of both in the network, or a term of its spokesmanship. Counts only if `via` names it.',
});
export type ContactBasis = keyof typeof ContactBasis;

export const ContactLevel = createEnum('ContactLevel', 'What counts as one party.', {
  PARTY: 'Each party counts by itself.',
  PARENT: 'A party counts as its parent, if it has one.',
  COUNTRY: 'All parties of a country count as one.',
});
export type ContactLevel = keyof typeof ContactLevel;

export const CountQualifier = createEnum(
  'CountQualifier',
  'How exactly a source gives a number of participants.',
  {
    EXACT: 'The source counts them.',
    ABOUT: 'The source says “about” or “some”.',
    MORE_THAN: 'The source says “more than” or “over”.',
    ANNOUNCED: 'The number was announced beforehand, or so many were invited.',
    OTHER: 'Stated in another way; the note of the event explains it.',
  },
);
export type CountQualifier = keyof typeof CountQualifier;

export const StatementKind = createEnum('StatementKind', 'What a source’s statement is.', {
  AIM: 'A goal.',
  CONTEXT: 'What the field looks like: facts about trafficking or about countries.',
  NEED: 'Something that is missing.',
  TASK: 'Something that somebody should do.',
  PRIORITY: 'Something that has priority.',
  EXPECTATION: 'What is expected of participants or of partners.',
  RESPONSIBILITY: 'Who is responsible for what.',
  RELATION: 'How bodies, programmes or events are related.',
  METHOD: 'A way of working.',
  SUBJECT_FIELD: 'The field or subject that it is about.',
});
export type StatementKind = keyof typeof StatementKind;

export const TraffickingRole = createEnum(
  'TraffickingRole',
  'What part a country has in trafficking in human beings.',
  {
    ORIGIN: 'Victims come from it.',
    TRANSIT: 'Victims are taken through it.',
    DESTINATION: 'Victims are taken to it.',
  },
);
export type TraffickingRole = keyof typeof TraffickingRole;

export const OutcomeKind = createEnum('OutcomeKind', 'What an event led to.', {
  DECISION: 'Something was decided.',
  AGREEMENT: 'Bodies agreed on something in writing.',
  STRATEGY: 'A strategy or an action plan.',
  PROJECT: 'A project was begun or proposed.',
  REPORT: 'A published text.',
  RECOMMENDATION: 'Advice to others.',
  OTHER: 'Anything else.',
});
export type OutcomeKind = keyof typeof OutcomeKind;

export const EvaluationStatus = createEnum(
  'EvaluationStatus',
  'How far the evaluation of a programme is.',
  {
    DRAFT: 'Nobody has signed.',
    SIGNED_BY_NETWORK: 'NBNP has signed, and the offices have not.',
    SIGNED_BY_OFFICES: 'The offices have signed, and NBNP has not.',
    COMPLETE: 'Both have signed. The evaluation is published and cannot change.',
  },
);
export type EvaluationStatus = keyof typeof EvaluationStatus;

export const AbsenceReason = createEnum(
  'AbsenceReason',
  'Why a member did not travel, or left early.',
  {
    ILLNESS: 'The member fell ill.',
    DUTY: 'The member’s own service needed them.',
    VISA_REFUSED: 'The member got no visa, or got it too late.',
    OTHER: 'Anything else.',
  },
);
export type AbsenceReason = keyof typeof AbsenceReason;

/** In the order of the process. */
export const TaskKind = createEnum('TaskKind', 'What an organisation has to do.', {
  NOMINATE:
    'Nominate somebody for a group that is not full: the own organisation has nominated nobody for it.',
  PLAN_VISIT: 'Plan a visit for a group that has none.',
  ADD_STOP: 'Plan a stop of a visit that has none.',
  DECIDE_NOMINATION: 'Accept, select or decline a nominee.',
  CONFIRM_STOP: 'Confirm the present plan of a stop as its host.',
  DECIDE_LOAN: 'Lend an expert for a visit, or refuse.',
  OFFER_HOSTING: 'Offer to host a visit.',
  CONFIRM_HOSTING: 'Confirm an own offer to host a visit, or withdraw it.',
  REPLACE_HOST:
    'Find another host, or change the visit: the host withdrew its offer, and has no other.',
  REPLACE_EXPERT:
    'Release an expert whom the police force took back, and ask for another if the visit needs one.',
  COMPLETE_FORMALITIES: 'Settle the formalities of a member before the departure.',
  BRIEF_GROUP: 'Hold the briefing that a group needs before its departure, and record it.',
  RECORD_DEPARTURE: 'Record on which day the group set out.',
  RECORD_RETURN: 'Record on which day the group came back.',
  DEBRIEF_GROUP: 'Hold the debriefing after the return, and record it.',
  HAND_IN_REPORT: 'Hand in the report of a member who travelled.',
  DRAFT_EVALUATION: 'Write your part of a programme’s evaluation.',
  SIGN_EVALUATION: 'Sign the evaluation of a programme.',
});
export type TaskKind = keyof typeof TaskKind;

export const TaskCause = createEnum('TaskCause', 'Why a task waits.', {
  NEW: 'Nobody has done it yet.',
  PUT_BACK: 'It was done before: what it was done for has changed, or a decision was taken back.',
  WITHDRAWN: 'Another organisation withdrew what it had agreed to.',
});
export type TaskCause = keyof typeof TaskCause;

/** In the order of the process. */
export const DeadlineKind = createEnum('DeadlineKind', 'What a deadline of a programme is for.', {
  NOMINATION: 'Those who send a group nominate people.',
  DECISION: 'Nominations and loans of experts are decided.',
  FORMALITIES: 'The formalities of the members are settled.',
  HOST_CONFIRMATION: 'The hosts offer to host, confirm it, and confirm the stops.',
  BRIEFING: 'The group is briefed.',
  REPORT: 'The members hand in their reports, after the return.',
  DEBRIEFING: 'The group is debriefed, after the return.',
});
export type DeadlineKind = keyof typeof DeadlineKind;

/** The orders of the lists that people sort. The first one is the usual order. */
export const GroupOrder = createEnum('GroupOrder', 'How a list of groups is sorted.', {
  ID: 'In the usual order: by the code points of the id.',
  NAME: 'By name, then id.',
  DEPARTS_ON:
    'By the first planned day of the visits that the caller may see and that were not cancelled, then id. Groups without one come last.',
  DEPARTS_ON_DESCENDING: 'By the same day, the latest first. Groups without one come last.',
  STATE:
    'By state in the order of the process, then id, as far as the caller may know it. A state that is not certain counts as the earliest that it may be.',
});
export type GroupOrder = keyof typeof GroupOrder;

export const VisitOrder = createEnum('VisitOrder', 'How a list of visits is sorted.', {
  ID: 'In the usual order: by the code points of the id.',
  STARTS_ON: 'By the first planned day, then id. Visits without one come last.',
  STARTS_ON_DESCENDING: 'By the first planned day, the latest first. Visits without one come last.',
  TITLE: 'By title, then id.',
});
export type VisitOrder = keyof typeof VisitOrder;

export const EventOrder = createEnum('EventOrder', 'How a list of events is sorted.', {
  STARTS_ON: 'By start date, then id. Events whose start is unknown come last.',
  STARTS_ON_DESCENDING: 'By start date, the latest first. Events whose start is unknown come last.',
  TITLE: 'By title, then id.',
});
export type EventOrder = keyof typeof EventOrder;

export const OrganisationOrder = createEnum(
  'OrganisationOrder',
  'How a list of organisations is sorted.',
  { ID: 'In the usual order: by the code points of the id.', NAME: 'By name, then id.' },
);
export type OrganisationOrder = keyof typeof OrganisationOrder;
