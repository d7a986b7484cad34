import { vocabulary } from '@hub/shared/programme';

export const Participant = vocabulary.createParticipantType();
export type Participant = InstanceType<typeof Participant>;
