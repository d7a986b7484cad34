import type { FastifyRequest } from 'fastify';
import type { JWK } from 'jose';
import type { DataSource } from 'typeorm';
import { HubError } from '../../errors/hub-error.js';
import { createReadAssertion, hubIssuer } from '../../identity/assertion.js';
import { clockToleranceSeconds } from '../../identity/clock-tolerance.js';
import type { KeyStore } from '../../identity/keys/key-store.js';
import type { Reader } from '../../identity/reader.js';
import { type RefusalReason, isRefusalReason, readClaimed } from '../../identity/refusal-reason.js';
import {
  type SignedRequest,
  createReplayGuard,
  createRequestVerifier,
} from '../../identity/request-signature.js';
import {
  type Channel,
  assertionHeader,
  createChannels,
  longestAgeSeconds,
  partnerHeader,
} from '../../identity/signature-form.js';
import { readHead } from '../../records/chain/append-rows.js';
import {
  acceptSignatureHeader,
  canSignResponse,
  signResponse,
  wantedSignature,
} from '../../records/evidence/signed-response.js';
import type { Logger } from '../../system/logger.js';

/** Tracks the requests that a partner recently accepted and refused. */
interface RefusalWatch {
  accepted(): void;
  /**
   * Records by how much the sender’s clock of an accepted request seems to be ahead of this one.
   * Returns whether the clocks differ.
   */
  compared(aheadSeconds: number): boolean;
  /** @param skewSeconds by how much the sender’s clock is ahead, if the request has a time */
  refused(reason: RefusalReason, skewSeconds?: number): void;
  /** Why the hub cannot be served, if all its requests are refused. Undefined if it can. */
  findProblem(): string | undefined;
}

/**
 * For this long after an accepted request, refusals do not count against the hub, which sends four
 * times as many.
 */
const recentMs = 60_000;
/** Each reason is logged once in this time, so that nobody can fill the log from outside. */
const logMs = 10_000;
const skewLogMs = 600_000;
/**
 * A delayed request looks old: this process or a machine on the way was stopped. Clocks differ only
 * if every request of this time is old.
 */
const agedMs = 10_000;

/**
 * The reasons that concern the keys and clocks of the two sides. Other refused requests may come
 * from anybody.
 */
const problems: Readonly<Partial<Record<RefusalReason, string>>> = {
  KEY: 'HUB_KEYS_FOREIGN: the hub signs with a key that is not registered.',
  PARTNER_KEY:
    'OWN_KEYS_FOREIGN: the hub signs for other keys of this partner than those in its key file.',
  SIGNATURE: 'HUB_SIGNATURE_REFUSED: keys with the same name differ, or a proxy changes the path.',
  ASSERTION: 'HUB_KEYS_FOREIGN: the hub’s assertions are by a key that is not registered.',
  CLOCK: `CLOCK: the hub’s clock and this one differ by more than ${clockToleranceSeconds} s.`,
};

/**
 * Logs why requests are refused, without their content, and detects if it is the hub that is
 * refused.
 */
export function watchRefusals(
  logger: Logger,
  now: () => number = () => performance.now(),
): RefusalWatch {
  let acceptedAt = -Infinity;
  let differedAt = -Infinity;
  /** Since when all requests have been too old, and the age of the youngest of them. */
  let aged: { since: number; seenAt: number; ageSeconds: number } | undefined;
  /** Whether the clocks agreed when that began. */
  let hasAgreed = false;
  let last: { readonly reason: RefusalReason; readonly at: number } | undefined;
  const logged = new Map<RefusalReason, { at: number; times: number }>();
  /** Whether the clocks have differed for so long that no delay can be the cause. */
  const isLasting = (aheadSeconds: number): boolean => {
    if (aheadSeconds >= 0) return true;
    const at = now();
    if (!aged || at - aged.seenAt >= recentMs)
      aged = { since: at, seenAt: at, ageSeconds: Infinity };
    aged.seenAt = at;
    aged.ageSeconds = Math.min(aged.ageSeconds, -aheadSeconds);
    if (at - aged.since < agedMs) return false;
    hasAgreed = false;
    return true;
  };
  return {
    accepted() {
      acceptedAt = now();
    },
    compared(aheadSeconds) {
      if (Math.abs(aheadSeconds) <= clockToleranceSeconds) {
        aged = undefined;
        hasAgreed = true;
        return false;
      }
      if (!isLasting(aheadSeconds)) return !hasAgreed;
      const at = now();
      if (at - differedAt < skewLogMs) return true;
      differedAt = at;
      const skewSeconds = Math.ceil(aheadSeconds < 0 && aged ? -aged.ageSeconds : aheadSeconds);
      logger.warn({ reason: 'CLOCK', skewSeconds }, 'the clocks of the hub and this server differ');
      return true;
    },
    refused(reason, skewSeconds) {
      const isOld = reason === 'CLOCK' && skewSeconds !== undefined && skewSeconds < 0;
      if (isOld && !isLasting(skewSeconds) && hasAgreed) return;
      const at = now();
      if (problems[reason]) last = { reason, at };
      const known = logged.get(reason);
      if (known && at - known.at < logMs) {
        known.times += 1;
        return;
      }
      const times = (known?.times ?? 0) + 1;
      logged.set(reason, { at, times: 0 });
      logger.warn(
        { reason, times, ...(skewSeconds !== undefined && { skewSeconds }) },
        'request refused',
      );
    },
    findProblem() {
      if (!last || now() - last.at >= recentMs || now() - acceptedAt < recentMs) return undefined;
      return problems[last.reason];
    },
  };
}

/** The caller, and the identity of the request. */
interface Authenticated {
  readonly reader: Reader;
  /** Unique to the request. Without it, a repeated request cannot be detected. */
  readonly nonce?: string | undefined;
  /** When it was sent, by the hub’s clock. */
  readonly sentAt?: Date;
}

/**
 * Identifies the caller of a request.
 * @throws HubError `UNAUTHENTICATED` unless the hub signed the request for this partner, just now
 * and unchanged.
 */
export type AuthenticateRequest = (request: SignedRequest) => Promise<Authenticated>;

interface HubAuthenticationOptions {
  readonly partner: string;
  /** The partner’s own private keys, under its own code. */
  readonly ownKeys: KeyStore;
  /** The hub’s public keys, under `hub`. */
  readonly hubKeys: KeyStore;
  /** Records accepted and refused requests. @default none */
  readonly watch?: RefusalWatch;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/** A second longer than the oldest and the newest acceptable requests are apart. */
const replayWindowSeconds = longestAgeSeconds + 10;

/** Makes a partner’s check that the hub sent a request, and for which caller. */
export function createHubAuthentication({
  partner,
  ownKeys,
  hubKeys,
  watch,
  clock = () => new Date(),
}: HubAuthenticationOptions): AuthenticateRequest {
  const channelBetween = createChannels();
  const channelOf = async (id: string): Promise<Channel | undefined> => {
    const [hubSide, ownSide] = await Promise.all([
      hubKeys.agreementKeysOf(hubIssuer),
      ownKeys.agreementKeysOf(partner),
    ]);
    // Keys are looked up each time, so that a removed key is no longer accepted.
    for (const hubKey of hubSide) {
      for (const ownKey of ownSide) {
        if (id !== `${hubKey.kid}.${ownKey.kid}`) continue;
        return channelBetween(ownKey, hubKey, `${hubKey.kid}`, `${ownKey.kid}`);
      }
    }
    return undefined;
  };
  const isOfHub = async (id: string): Promise<boolean> =>
    (await hubKeys.agreementKeysOf(hubIssuer)).some(({ kid }) => id.startsWith(`${kid}.`));
  const replays = createReplayGuard(replayWindowSeconds, clock());
  const verify = createRequestVerifier({ partner, channelOf, isOfHub, replays, clock });
  const readAssertion = createReadAssertion(partner, hubKeys, clock);
  const authenticate: AuthenticateRequest = async (request) => {
    const { assertion, nonce, created } = await verify(request);
    // By the hub’s clock, like the request itself, so that clocks that differ do not affect only
    // one of the two.
    const reader = await readAssertion(assertion, created);
    watch?.accepted();
    return { reader, nonce, sentAt: created };
  };
  return async (request) => {
    try {
      return await authenticate(request);
    } catch (error) {
      const reason = error instanceof HubError ? error.extensions.reason : undefined;
      if (isRefusalReason(reason)) {
        const { created } = readClaimed(request.headers['signature-input']);
        const now = Math.round(clock().getTime() / 1000);
        watch?.refused(reason, created === undefined ? undefined : created - now);
      }
      throw error;
    }
  };
}

interface SignResponsesOptions {
  readonly source: DataSource;
  readonly clock: () => Date;
  readonly signingKey: () => Promise<JWK>;
}

interface Response {
  readonly status: number;
  readonly text: string;
}

/**
 * Signs each response that the hub asks to be signed, after what it read was recorded. The hub’s
 * request was verified before. Its signature does not cover the wish: a stranger on the way could
 * only cause a signature more.
 */
export function createSignResponses({
  source,
  clock,
  signingKey,
}: SignResponsesOptions): (
  request: FastifyRequest,
  response: Response,
) => Promise<Record<string, string>> | undefined {
  const describe = async (
    { method, url: path, headers }: FastifyRequest,
    { status, text }: Response,
  ) => {
    const [key, record] = await Promise.all([signingKey(), readHead(source.manager)]);
    return signResponse({
      request: {
        method,
        path,
        contentDigest: String(headers['content-digest']),
        partner: String(headers[partnerHeader]),
        assertion: String(headers[assertionHeader]),
        signature: String(headers['signature']),
      },
      status,
      body: text,
      record,
      key,
      now: clock(),
    });
  };
  return (request, response) =>
    request.headers[acceptSignatureHeader] === wantedSignature &&
    canSignResponse(request.headers['signature'])
      ? describe(request, response)
      : undefined;
}
