import { createEnum } from '@hub/shared/scalars';
import { officesCode } from '@hub/shared/vocabulary';

/** The country whose stops an office confirms; elsewhere it is the national police. */
export const officeCountry = 'RU';

/** The code of the partner that hosts in a country: the offices in North-West Russia, elsewhere the national police. */
export const hostOf = (country: string): string =>
  country === officeCountry ? officesCode : country.toLowerCase();

/** The member countries: all Nordic and all Baltic ones. */
export const memberCountries = ['DK', 'EE', 'FI', 'IS', 'LT', 'LV', 'NO', 'SE'] as const;

// prettier-ignore
export const PartyRoleKind = createEnum('PartyRoleKind', ['ORGANISER', 'PARTNER', 'HOST', 'LEAD', 'COORDINATOR', 'SELECTOR', 'FUNDER', 'SIGNATORY', 'DECISION_MAKER', 'MANDATED']);
export type PartyRoleKind = keyof typeof PartyRoleKind;

export const Direction = createEnum('Direction', [
  'NORTH_WEST_RUSSIA_TO_NORDIC',
  'NORDIC_BALTIC_TO_NORTH_WEST_RUSSIA',
]);
export type Direction = keyof typeof Direction;

/** In the order of the process; a cancelled group has left it. */
// prettier-ignore
export const GroupState = createEnum('GroupState', ['PLANNED', 'NOMINATED', 'SELECTED', 'BRIEFED', 'TRAVELLING', 'RETURNED', 'DEBRIEFED', 'REPORTED', 'EVALUATED', 'CANCELLED']);
export type GroupState = keyof typeof GroupState;

// prettier-ignore
export const EventKind = createEnum('EventKind', [
  'AGREEMENT', 'ANNIVERSARY', 'BOARD_MEETING', 'CALL', 'CONFERENCE', 'DECISION', 'EVALUATION_MEETING', 'FORUM', 'FOUNDING',
  'LEGAL_ACT', 'MEETING', 'MINISTERIAL_MEETING', 'NETWORK_MEETING', 'OFFICE_OPENING', 'PROGRAMME_PHASE', 'PROJECT',
  'RECEPTION', 'ROUND_TABLE', 'SEMINAR', 'SEMINAR_PART', 'SITE_OPENING', 'STUDY_VISIT', 'SUMMIT', 'TASK_FORCE_MEETING', 'OTHER',
]);
export type EventKind = keyof typeof EventKind;

export const CountQualifier = createEnum('CountQualifier', [
  'EXACT',
  'ABOUT',
  'MORE_THAN',
  'ANNOUNCED',
  'OTHER',
]);
export type CountQualifier = keyof typeof CountQualifier;

// prettier-ignore
export const StatementKind = createEnum('StatementKind', [
  'AIM', 'CONTEXT', 'NEED', 'TASK', 'PRIORITY', 'EXPECTATION', 'RESPONSIBILITY', 'RELATION', 'METHOD', 'SUBJECT_FIELD',
]);
export type StatementKind = keyof typeof StatementKind;

/** What part a country has in trafficking. */
export const TraffickingRole = createEnum('TraffickingRole', ['ORIGIN', 'TRANSIT', 'DESTINATION']);
export type TraffickingRole = keyof typeof TraffickingRole;

// prettier-ignore
export const OutcomeKind = createEnum('OutcomeKind', ['DECISION', 'AGREEMENT', 'STRATEGY', 'PROJECT', 'REPORT', 'RECOMMENDATION', 'OTHER']);
export type OutcomeKind = keyof typeof OutcomeKind;
