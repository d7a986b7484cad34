import { createEnum } from '@hub/shared/scalars';

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

export const NominationStatus = createEnum('NominationStatus', [
  'PENDING',
  'SELECTED',
  'DECLINED',
  'WITHDRAWN',
]);
export type NominationStatus = keyof typeof NominationStatus;
