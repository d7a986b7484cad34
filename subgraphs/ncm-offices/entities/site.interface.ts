import { createSiteType } from '@hub/shared/vocabulary';

export const Site = createSiteType();
export type Site = InstanceType<typeof Site>;
