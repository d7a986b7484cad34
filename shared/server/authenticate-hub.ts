import {
  createReadAssertion,
  createReplayGuard,
  createRequestVerifier,
  deriveChannel,
  hubIssuer,
  longestAgeSeconds,
  type Channel,
  type KeyStore,
  type Reader,
  type SignedRequest,
} from '../identity/index.js';

/** Who reads, and by which request. */
export interface Authenticated {
  readonly reader: Reader;
  /** No other request has it. Without one, a request that comes twice cannot be told from two. */
  readonly nonce?: string | undefined;
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
  const replays = createReplayGuard(replayWindowSeconds, clock());
  const verify = createRequestVerifier({ partner, channelOf, replays, clock });
  const readAssertion = createReadAssertion(partner, hubKeys, clock);
  return async (request) => {
    const { assertion, nonce } = await verify(request);
    return { reader: await readAssertion(assertion), nonce };
  };
}
