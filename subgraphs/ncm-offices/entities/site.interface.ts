import { vocabulary } from '@hub/shared/programme';

export const Site = vocabulary.createSiteType();
export type Site = InstanceType<typeof Site>;
