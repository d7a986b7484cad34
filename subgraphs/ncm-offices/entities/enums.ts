import { registerEnumType } from 'type-graphql';

function createEnum<const Value extends string>(
  name: string,
  values: readonly Value[],
  description?: string,
): { readonly [Each in Value]: Each } {
  const names = Object.fromEntries(values.map((value) => [value, value])) as {
    [Each in Value]: Each;
  };
  registerEnumType(names, { name, description });
  return names;
}

export const officeKinds = [
  'SECRETARIAT',
  'INFORMATION_OFFICE',
  'OFFICE',
  'BRANCH',
  'CONTACT_CENTRE',
  'INFORMATION_POINT',
] as const;
export type OfficeKind = (typeof officeKinds)[number];
export const OfficeKind = createEnum('OfficeKind', officeKinds);

export const sectors = [
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
] as const;
export type Sector = (typeof sectors)[number];
export const Sector = createEnum('Sector', sectors);

export const siteEvidences = [
  'DOCUMENTED_VISIT',
  'OFFERED_VISIT',
  'ANNOUNCED_VISIT',
  'PROGRAMME_VENUE',
  'RELEVANT_HOST',
] as const;
export type SiteEvidence = (typeof siteEvidences)[number];
export const SiteEvidence = createEnum(
  'SiteEvidence',
  siteEvidences,
  'How well it is documented that groups have gone there.',
);

export const targetGroups = [
  'POLICE',
  'PROSECUTION',
  'COURT',
  'BORDER_CONTROL',
  'CUSTOMS',
] as const;
export type TargetGroup = (typeof targetGroups)[number];
export const TargetGroup = createEnum('TargetGroup', targetGroups);

const nominationStatuses = ['PENDING', 'SELECTED', 'DECLINED', 'WITHDRAWN'] as const;
export type NominationStatus = (typeof nominationStatuses)[number];
export const NominationStatus = createEnum('NominationStatus', nominationStatuses);
