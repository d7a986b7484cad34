import type { FastifyInstance } from 'fastify';
import type { JWK } from 'jose';
import { z } from 'zod';
import { HubError } from '../../errors/hub-error.js';
import { Refusal } from '../../errors/refusal.js';
import { idForm, keyForm } from '../../identity/secret.js';
import { signToken } from '../../identity/token.js';
import { limitAskHub } from '../../policy/context/ask-hub.js';
import type { PartnerContext } from '../../policy/context/partner-context.js';
import {
  participantSessionsPath,
  registerHubPath,
  type HubPathOptions,
} from '../requests/hub-path.js';
import { findLastDay, type Travellers } from './journeys.js';
import {
  endSession,
  redeemInvitation,
  renewSession,
  revokeEnded,
  type OpenSession,
} from './sessions.js';

const bodySchema = z.strictObject({
  act: z.enum(['redeem', 'renew', 'end']),
  id: z.string().regex(idForm),
  secret: z.string().regex(keyForm),
});

interface SessionOptions
  extends HubPathOptions, Pick<PartnerContext, 'partner' | 'askHub' | 'clock'> {
  readonly travellers: Travellers;
  /** The organisation signs the tokens itself. */
  readonly signingKey: () => Promise<JWK>;
}

/** How long a token is valid. A session makes the next one. */
const tokenSeconds = 8 * 3_600;

const daySeconds = 86_400;

/**
 * Adds the path at which the hub passes on links and cookies of participants. This server checks
 * them, and signs the tokens: the hub can make none.
 */
export function registerParticipantSessions(http: FastifyInstance, options: SessionOptions): void {
  const { source, clock, askHub, travellers } = options;
  const isKnown = (manager: PartnerContext['source']['manager'], id: string) =>
    isNamed(manager, travellers, id);
  registerHubPath(http, participantSessionsPath, options, async (content, until, sentAt) => {
    const { act, ...sent } = readBody(content);
    // By the hub’s clock, which also judges the token.
    const now = sentAt ?? clock();
    const hub = { source, clock, askHub: limitAskHub(askHub, until) };
    if (act === 'end') {
      const person = await endSession(source, sent, now);
      if (person !== undefined) await revokeEnded(hub, person);
      return { outcome: 'ENDED' };
    }
    if (act === 'redeem') {
      const opened = await redeemInvitation(source, sent, now, isKnown);
      if (opened !== 'LINK_USED') return describe(options, opened, now);
      await revokeEnded(hub);
      return { outcome: 'LINK_USED' };
    }
    const renewed = await renewSession(source, sent, now, {
      isKnown,
      findLastDay: (id, invitedOn) =>
        findLastDay(hub, travellers, id, invitedOn).catch((error: unknown) => {
          // What was known last counts.
          if (error instanceof HubError) return undefined;
          throw error;
        }),
    });
    if (!renewed) await revokeEnded(hub);
    return describe(options, renewed, now);
  });
}

const isNamed = async (
  manager: PartnerContext['source']['manager'],
  { entity }: Travellers,
  id: string,
): Promise<boolean> => ((await manager.findOneBy(entity, { id }))?.name ?? null) !== null;

async function describe(
  { partner, signingKey }: SessionOptions,
  session: OpenSession | undefined,
  now: Date,
) {
  if (!session) return { outcome: 'UNKNOWN' };
  const { personId: person, accessEndsOn, ...rest } = session;
  const left = (Date.parse(accessEndsOn) - now.getTime()) / 1_000 + daySeconds;
  const token = await signToken({
    key: await signingKey(),
    organisation: partner,
    subject: person,
    role: 'participant',
    person,
    purpose: undefined,
    ttl: Math.max(1, Math.floor(Math.min(tokenSeconds, left))),
    clock: () => now,
  });
  return { outcome: 'OPENED', session: { ...rest, person, accessEndsOn, token } };
}

function readBody(content: Buffer): z.output<typeof bodySchema> {
  try {
    return bodySchema.parse(JSON.parse(content.toString()));
  } catch {
    throw new Refusal('BAD_REQUEST', 400);
  }
}
