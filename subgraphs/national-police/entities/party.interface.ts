import { createPartyType } from '@hub/shared/vocabulary';

export const Party = createPartyType();
export type Party = InstanceType<typeof Party>;
