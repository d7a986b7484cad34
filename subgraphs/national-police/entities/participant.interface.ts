import { createParticipantType } from '@hub/shared/vocabulary';

export const Participant = createParticipantType();
export type Participant = InstanceType<typeof Participant>;
