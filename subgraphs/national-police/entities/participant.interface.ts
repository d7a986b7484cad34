import { createParticipantType } from '@hub/shared/programme';

export const Participant = createParticipantType();
export type Participant = InstanceType<typeof Participant>;
