import { createEnum } from '@hub/shared/graphql';
import { vocabulary } from '@hub/shared/programme';

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

export const DelegateDecision = createEnum(
  'DelegateDecision',
  'What the offices decide on a nominee.',
  {
    SELECT: 'Selected as a member.',
    RESERVE: 'Selected as a reserve, without a place.',
    DECLINE: 'Declined; a member is released.',
    WITHDRAW: 'The nomination is withdrawn.',
  },
);
export type DelegateDecision = keyof typeof DelegateDecision;

export const { NominationStatus } = vocabulary;
export type NominationStatus = vocabulary.NominationStatus;
