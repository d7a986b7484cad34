import { vocabulary } from '@hub/shared/programme';

export const Party = vocabulary.createPartyType();
export type Party = InstanceType<typeof Party>;
