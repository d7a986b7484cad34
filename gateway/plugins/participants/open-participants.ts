import { anonymous, secrets } from '@hub/shared/identity';
import { participantSessionsPath } from '@hub/shared/partner';
import { z } from 'zod';
import type { Capability, PluginWorker } from '../../hub-plugin.js';
import { createHubKeys, createNetworkKeys } from '../../registry/network-keys.js';
import type { Network } from '../../registry/network.js';
import { createPostAsHub } from '../../server/security/post-as-hub.js';
import { createRateLimit } from '../../server/security/rate-limit.js';
import { createRequestSigner } from '../../server/security/sign-request.js';
import { registerParticipants, type PartnerAnswer, type PassOn } from './register-participants.js';

/** How often one address may try links and cookies: a second, and at once after a pause. */
const tryRate = { perSecond: 2, burst: 40 } as const;
const deadlineMs = 10_000;

const openedSchema = z.object({
  id: z.string().regex(secrets.idForm),
  secret: z.string().regex(secrets.keyForm).optional(),
  person: z.string().max(256),
  accessEndsOn: z.iso.date(),
  token: z.string().max(8_192),
});

const answerSchema = z.union([
  z.object({ outcome: z.enum(['UNKNOWN', 'LINK_USED', 'ENDED']) }),
  z.object({ outcome: z.literal('OPENED'), session: openedSchema }),
]);

/**
 * A partner’s server is not reachable for people, so the hub passes on what they send, and stores
 * nothing of it. It can make no link and no token.
 */
export function openParticipants({ partners }: Network, worker: PluginWorker): Capability {
  const { config, tls, logger } = worker;
  const partnerKeys = createNetworkKeys(config.dataDir, { port: 0, partners });
  const sign = createRequestSigner({ ownKeys: createHubKeys(config.privateKeys), partnerKeys });
  const hub = createPostAsHub({ sign, connect: tls.connect, deadlineMs });
  const tries = createRateLimit(tryRate);
  const passOn: PassOn = async ({ partner: code, ...sent }): Promise<PartnerAnswer> => {
    const partner = partners.find((one) => one.code === code);
    if (!partner) return { outcome: 'UNKNOWN' };
    // It may come back.
    if (partner.membership) return { outcome: 'AWAY' };
    try {
      const { status, text } = await hub.post(partner, participantSessionsPath, sent);
      // It has no people, or its server is of a version that invites nobody.
      if (status === 404) return { outcome: sent.act === 'redeem' ? 'UNKNOWN' : 'AWAY' };
      if (status !== 200) throw new Error(`The partner responded with ${status}.`);
      return answerSchema.parse(JSON.parse(text));
    } catch (error) {
      // The words of a check would have what it read.
      const isWrong = error instanceof z.ZodError || error instanceof SyntaxError;
      const reason = isWrong ? 'The response is not what is expected.' : String(error);
      logger.warn({ partner: code, reason }, 'nobody can say whether a participant may sign in');
      return { outcome: 'AWAY' };
    }
  };
  return {
    async serve({ http }, { sessions }) {
      if (!sessions) return;
      registerParticipants(http, {
        passOn,
        sessions,
        countTry: (address) => tries.count(anonymous, address),
      });
    },
    [Symbol.asyncDispose]: () => hub[Symbol.asyncDispose](),
  };
}
