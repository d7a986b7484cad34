import { createPartyType } from '@hub/shared/programme';

export const Party = createPartyType();
export type Party = InstanceType<typeof Party>;
