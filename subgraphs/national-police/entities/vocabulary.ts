import { createEnum } from '@hub/shared/scalars';

/** The countries whose polices serve this schema, by the code of the partner. */
export const policeCodes = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'] as const;
export type PoliceCode = (typeof policeCodes)[number];

/** The country whose police a partner is: `DK` for `dk`. */
export const countryOf = (partner: string): string => partner.toUpperCase();

/** The network’s code, which arranges every group and every visit. */
export const networkCode = 'nbnp';

/** The offices’ code. */
export const officesCode = 'ncm';

/** The code of the country where the offices stand in for the host. */
export const russiaCode = 'ru';

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

export const SupportRole = createEnum('SupportRole', ['EXPERT', 'INTERPRETER', 'SUPPORT_PERSON']);
export type SupportRole = keyof typeof SupportRole;

export const HostingStatus = createEnum('HostingStatus', ['OFFERED', 'CONFIRMED', 'WITHDRAWN']);
export type HostingStatus = keyof typeof HostingStatus;
