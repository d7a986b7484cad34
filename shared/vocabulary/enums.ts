import { createEnum } from '../scalars/index.js';

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

export const TargetGroup = createEnum('TargetGroup', [
  'POLICE',
  'PROSECUTION',
  'COURT',
  'BORDER_CONTROL',
  'CUSTOMS',
]);
export type TargetGroup = keyof typeof TargetGroup;

export const SupportRole = createEnum('SupportRole', ['EXPERT', 'INTERPRETER', 'SUPPORT_PERSON']);
export type SupportRole = keyof typeof SupportRole;

export const SiteEvidence = createEnum(
  'SiteEvidence',
  ['DOCUMENTED_VISIT', 'OFFERED_VISIT', 'ANNOUNCED_VISIT', 'PROGRAMME_VENUE', 'RELEVANT_HOST'],
  'How well it is documented that groups have gone there.',
);
export type SiteEvidence = keyof typeof SiteEvidence;
