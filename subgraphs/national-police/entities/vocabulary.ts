import { createEnum } from '@hub/shared/scalars';

export const HostingStatus = createEnum('HostingStatus', 'The status of an offer to host.', {
  OFFERED: 'Offered, and not confirmed by the police force.',
  CONFIRMED: 'Confirmed by the police force for a visit that its country hosts.',
  WITHDRAWN: 'Withdrawn by the police force.',
});
export type HostingStatus = keyof typeof HostingStatus;
