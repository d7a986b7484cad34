import { createEnum } from '@hub/shared/graphql';

export const OfficeKind = createEnum(
  'OfficeKind',
  'The kind of an office of the Nordic Council of Ministers.',
  {
    SECRETARIAT: 'The secretariat in Copenhagen.',
    INFORMATION_OFFICE:
      'An office that informs about the Nordic countries and co-ordinates projects.',
    OFFICE: 'An office under the agreements with its country.',
    BRANCH: 'A branch of another office, in another city.',
    CONTACT_CENTRE: 'A contact centre that a local body runs for an office.',
    INFORMATION_POINT: 'A desk with information, run by a local body.',
  },
);
export type OfficeKind = keyof typeof OfficeKind;

export const NominationStatus = createEnum(
  'NominationStatus',
  'The status of a delegate’s nomination.',
  {
    PENDING: 'Not decided yet.',
    SELECTED: 'An office and the local authority have selected the delegate for the group.',
    DECLINED: 'An office has declined the delegate, or released one who was selected.',
    WITHDRAWN: 'The office has withdrawn the nomination.',
  },
);
export type NominationStatus = keyof typeof NominationStatus;
