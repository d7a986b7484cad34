import { createEnum } from '@hub/shared/scalars';

/** The country whose police a partner is: `DK` for `dk`. */
export const countryOf = (partner: string): string => partner.toUpperCase();

/** The code of the country where the offices stand in for the host. */
export const russiaCode = 'ru';

export const HostingStatus = createEnum('HostingStatus', 'How far an offer to host has come.', {
  OFFERED: 'Offered; the police has not confirmed it.',
  CONFIRMED: 'Confirmed by the police for a visit that its country hosts.',
  WITHDRAWN: 'Taken back by the police.',
});
export type HostingStatus = keyof typeof HostingStatus;
