import { registerEnumType } from 'type-graphql';

/** The countries whose polices serve this schema, by the code of the partner. */
export const policeCodes = ['dk', 'ee', 'fi', 'is', 'lt', 'lv', 'no', 'se'] as const;
export type PoliceCode = (typeof policeCodes)[number];

/** The country whose police a partner is: `DK` for `dk`. */
export const countryOf = (partner: string): string => partner.toUpperCase();

const sameNames = <Name extends string>(...names: Name[]) =>
  Object.freeze(
    Object.fromEntries(names.map((name) => [name, name])) as { readonly [N in Name]: N },
  );

export const Sector = sameNames(
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
);
export type Sector = keyof typeof Sector;

export const SiteEvidence = sameNames(
  'DOCUMENTED_VISIT',
  'OFFERED_VISIT',
  'ANNOUNCED_VISIT',
  'PROGRAMME_VENUE',
  'RELEVANT_HOST',
);
export type SiteEvidence = keyof typeof SiteEvidence;

export const TargetGroup = sameNames('POLICE', 'PROSECUTION', 'COURT', 'BORDER_CONTROL', 'CUSTOMS');
export type TargetGroup = keyof typeof TargetGroup;

export const SupportRole = sameNames('EXPERT', 'INTERPRETER', 'SUPPORT_PERSON');
export type SupportRole = keyof typeof SupportRole;

export const HostingStatus = sameNames('OFFERED', 'CONFIRMED', 'WITHDRAWN');
export type HostingStatus = keyof typeof HostingStatus;

registerEnumType(Sector, { name: 'Sector' });
registerEnumType(SiteEvidence, {
  name: 'SiteEvidence',
  description: 'How well it is documented that groups have gone there.',
});
registerEnumType(TargetGroup, { name: 'TargetGroup' });
registerEnumType(SupportRole, { name: 'SupportRole' });
registerEnumType(HostingStatus, { name: 'HostingStatus' });
