import { createSiteType } from '@hub/shared/programme';

export const Site = createSiteType();
export type Site = InstanceType<typeof Site>;
