import { createEnum } from '@hub/shared/scalars';

export const HostingStatus = createEnum('HostingStatus', 'How far an offer to host has come.', {
  OFFERED: 'Offered; the police has not confirmed it.',
  CONFIRMED: 'Confirmed by the police for a visit that its country hosts.',
  WITHDRAWN: 'Taken back by the police.',
});
export type HostingStatus = keyof typeof HostingStatus;
