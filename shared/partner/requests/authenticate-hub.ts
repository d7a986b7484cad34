import { HubError } from '../../errors/hub-error.js';
import { createReadAssertion, hubIssuer } from '../../identity/assertion.js';
import { type Channel, createChannels } from '../../identity/channel.js';
import type { KeyStore } from '../../identity/keys/key-store.js';
import type { Reader } from '../../identity/reader.js';
import { isRefusalReason, readClaimed } from '../../identity/refusal-reason.js';
import { createReplayGuard } from '../../identity/replay-guard.js';
import { createRequestVerifier, type SignedRequest } from '../../identity/request-signature.js';
import { longestAgeSeconds } from '../../identity/signature-form.js';
import type { RefusalWatch } from './watch-refusals.js';

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

export interface HubAuthenticationOptions {
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
