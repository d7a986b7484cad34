import { createEnum } from '@hub/shared/scalars';

/** The network’s code, which arranges every group and every visit. */
export const networkCode = 'nbnp';

/** The code of the country where the offices stand in for the host. */
export const russiaCode = 'ru';

export const OfficeKind = createEnum('OfficeKind', [
  'SECRETARIAT',
  'INFORMATION_OFFICE',
  'OFFICE',
  'BRANCH',
  'CONTACT_CENTRE',
  'INFORMATION_POINT',
]);
export type OfficeKind = keyof typeof OfficeKind;

export const Sector = createEnum('Sector', [
  'POLICE',
  'PROSECUTION',
  'COURT',
  'BORDER_CONTROL',
  'CUSTOMS',
  'SOCIAL',
  'HEALTH',
  'NGO',
  'GOVERNMENT',
  'EDUCATION',
  'OTHER',
]);
export type Sector = keyof typeof Sector;

export const SiteEvidence = createEnum(
  'SiteEvidence',
  ['DOCUMENTED_VISIT', 'OFFERED_VISIT', 'ANNOUNCED_VISIT', 'PROGRAMME_VENUE', 'RELEVANT_HOST'],
  'How well it is documented that groups have gone there.',
);
export type SiteEvidence = keyof typeof SiteEvidence;

export const TargetGroup = createEnum('TargetGroup', [
  'POLICE',
  'PROSECUTION',
  'COURT',
  'BORDER_CONTROL',
  'CUSTOMS',
]);
export type TargetGroup = keyof typeof TargetGroup;

export const NominationStatus = createEnum('NominationStatus', [
  'PENDING',
  'SELECTED',
  'DECLINED',
  'WITHDRAWN',
]);
export type NominationStatus = keyof typeof NominationStatus;
