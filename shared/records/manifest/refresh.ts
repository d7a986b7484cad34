import { HubError } from '../../errors/hub-error.js';
import { hubIssuer } from '../../identity/assertion.js';
import type { KeyStore } from '../../identity/keys/key-store.js';
import { isService } from '../../identity/reader.js';
import {
  type SignedRequest,
  createReplayGuard,
  createRequestVerifier,
  signRequest,
} from '../../identity/request-signature.js';
import {
  type Channel,
  assertionHeader,
  deriveChannel,
  longestAgeSeconds,
} from '../../identity/signature-form.js';
import { signToken, verifyToken } from '../../identity/token.js';

/** The path at the hub to which a partner says that it has a new manifest. */
export const refreshPath = '/registry/refresh';

/** One request takes less. */
const tokenLifeSeconds = 60;

export interface SignRefreshOptions {
  /** The partner’s code. */
  readonly partner: string;
  /** The partner’s own private keys, under its code. */
  readonly ownKeys: KeyStore;
  /** The hub’s public keys, under `hub`. */
  readonly hubKeys: KeyStore;
  /** The path at the hub. @default {@link refreshPath} */
  readonly path?: string;
  /** @default empty */
  readonly body?: string;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/**
 * The headers of a partner’s own request to the hub, such as `POST /registry/refresh`. It is signed as the hub’s requests to the
 * partner are, with the same shared secret, and for the code `hub`. In the place of the assertion
 * it has a token of the partner’s own server.
 */
export async function signRefresh({
  partner,
  ownKeys,
  hubKeys,
  path = refreshPath,
  body = '',
  clock = () => new Date(),
}: SignRefreshOptions): Promise<Record<string, string>> {
  const [[key], [own], [hub]] = await Promise.all([
    ownKeys.signingKeysOf(partner),
    ownKeys.agreementKeysOf(partner),
    hubKeys.agreementKeysOf(hubIssuer),
  ]);
  if (!key || !own || !hub) throw new Error(`${partner} lacks keys to sign with.`);
  const assertion = await signToken({
    key,
    organisation: partner,
    subject: `${partner}-service`,
    role: 'service',
    purpose: 'registry',
    ttl: tokenLifeSeconds,
    clock,
  });
  return signRequest({
    method: 'POST',
    path,
    body,
    partner: hubIssuer,
    assertion,
    channel: deriveChannel(own, hub, `${hub.kid}`, `${own.kid}`),
    now: clock(),
  });
}

export interface RefreshVerifierOptions {
  /** The hub’s own private keys, under `hub`. */
  readonly ownKeys: KeyStore;
  /** The registered public keys of the partners. */
  readonly partnerKeys: KeyStore;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/**
 * Makes the hub’s check of a partner’s own request, such as `POST /registry/refresh`, which returns the code of the partner that
 * sent it.
 * @throws HubError `UNAUTHENTICATED` from the function, unless the partner signed it just now, and
 * it comes for the first time. Its token and the shared secret must be the same partner’s.
 */
export function createRefreshVerifier({
  ownKeys,
  partnerKeys,
  clock = () => new Date(),
}: RefreshVerifierOptions): (request: SignedRequest) => Promise<string> {
  const replays = createReplayGuard(longestAgeSeconds + 10, clock());
  // Nobody sends many of these, so nothing is cached.
  const findChannel = async (id: string, partner: string): Promise<Channel | undefined> => {
    const [ownSide, partnerSide] = await Promise.all([
      ownKeys.agreementKeysOf(hubIssuer),
      partnerKeys.agreementKeysOf(partner),
    ]);
    for (const own of ownSide) {
      const other = partnerSide.find(({ kid }) => id === `${own.kid}.${kid}`);
      if (other) return deriveChannel(own, other, `${own.kid}`, `${other.kid}`);
    }
    return undefined;
  };
  return async (request) => {
    const assertion = request.headers[assertionHeader];
    if (typeof assertion !== 'string')
      throw new HubError('UNAUTHENTICATED', { reason: 'UNSIGNED' });
    const { bearer } = await verifyToken(assertion, {
      audience: hubIssuer,
      keys: partnerKeys,
      clock,
    });
    const partner = bearer.organisation;
    if (!isService(bearer)) throw new HubError('UNAUTHENTICATED', { reason: 'ASSERTION' });
    const channelOf = (id: string) => findChannel(id, partner);
    await createRequestVerifier({ partner: hubIssuer, channelOf, replays, clock })(request);
    return partner;
  };
}
