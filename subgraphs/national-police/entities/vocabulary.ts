import { createEnum } from '@hub/shared/scalars';

/** The country whose police a partner is: `DK` for `dk`. */
export const countryOf = (partner: string): string => partner.toUpperCase();

/** The code of the country where the offices stand in for the host. */
export const russiaCode = 'ru';

export const HostingStatus = createEnum('HostingStatus', ['OFFERED', 'CONFIRMED', 'WITHDRAWN']);
export type HostingStatus = keyof typeof HostingStatus;
