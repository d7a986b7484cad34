import { HubError } from '../errors/index.js';
import {
  createReadAssertion,
  createReplayGuard,
  createRequestVerifier,
  deriveChannel,
  hubIssuer,
  isRefusalReason,
  longestAgeSeconds,
  readClaimed,
  type Channel,
  type KeyStore,
  type Reader,
  type SignedRequest,
} from '../identity/index.js';
import type { RefusalWatch } from './watch-refusals.js';

/** Who reads, and by which request. */
export interface Authenticated {
  readonly reader: Reader;
  /** No other request has it. Without one, a request that comes twice cannot be told from two. */
  readonly nonce?: string | undefined;
  /** When it was sent, by the hub’s clock. */
  readonly sentAt?: Date;
}

/**
 * Tells by a request who reads.
 * @throws HubError `UNAUTHENTICATED` for what the hub did not sign for this partner, just now, as it is.
 */
export type AuthenticateRequest = (request: SignedRequest) => Promise<Authenticated>;

export interface HubAuthenticationOptions {
  readonly partner: string;
  /** The partner’s own private keys, under its own code. */
  readonly ownKeys: KeyStore;
  /** The hub’s public keys, under `hub`. */
  readonly hubKeys: KeyStore;
  /** Told of what is accepted and refused. @default nobody is */
  readonly watch?: RefusalWatch;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/** A second longer than a request may be old or ahead. */
const replayWindowSeconds = longestAgeSeconds + 10;

/** Builds a partner’s check of what comes to it: that the hub sent it, and for whom. */
export function createHubAuthentication({
  partner,
  ownKeys,
  hubKeys,
  watch,
  clock = () => new Date(),
}: HubAuthenticationOptions): AuthenticateRequest {
  const channels = new Map<string, Channel>();
  const channelOf = async (id: string): Promise<Channel | undefined> => {
    const [hubSide, ownSide] = await Promise.all([
      hubKeys.agreementKeysOf(hubIssuer),
      ownKeys.agreementKeysOf(partner),
    ]);
    // Looked up each time, so that a key that was taken away stops counting.
    for (const hubKey of hubSide) {
      for (const ownKey of ownSide) {
        if (id !== `${hubKey.kid}.${ownKey.kid}`) continue;
        const channel =
          channels.get(id) ??
          (await deriveChannel(ownKey, hubKey, `${hubKey.kid}`, `${ownKey.kid}`));
        channels.set(id, channel);
        return channel;
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
    // By the hub’s clock, as the request itself: one that is good is not half good where the clocks differ.
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
