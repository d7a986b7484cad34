import type { PartnerPart } from '../define-partner.js';
import type { Travellers } from './journeys.js';
import { dropOldAccess, revokeEnded } from './sessions.js';

export { InvitationLink, ParticipantAccess } from './access.type.js';
export { endPersonsAccess, invitePerson, readAccess } from './invite.js';
export type { Travellers } from './journeys.js';
export { Invitation, ParticipantSession } from './session.entity.js';
export { endAccess } from './sessions.js';

/** Its people can be invited to the pages about their own journeys. */
export const canBeInvited = (travellers: Travellers): PartnerPart => ({
  travellers,
  async chore(context) {
    await dropOldAccess(context);
    return revokeEnded(context);
  },
});

/** What the fields and mutations of both contracts say. */
export const accessWords = {
  access:
    'How the person can open the pages about the own journey. Null if nobody has invited the person.',
  invite:
    'Invites a person to the pages about the own journey: a link that opens one session, once, within seven days. It stands in this response alone. An earlier link that was not used ends. `PARTNER_UNAVAILABLE` while nobody can say on which journey the person is. Rules: ERASED, NO_JOURNEY.',
  end: 'Ends the link and all sessions of a person. The tokens end at once, or when the hub responds.',
  invited: 'The person to invite.',
  ended: 'The person whose access ends.',
} as const;
