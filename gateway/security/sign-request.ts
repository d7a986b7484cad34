import {
  createAssertReader,
  deriveChannel,
  hubIssuer,
  signRequest,
  type Channel,
  type KeyStore,
  type Reader,
  type RequestParts,
} from '@hub/shared/identity';

export interface RequestSignerOptions {
  /** The hub’s own private keys, under `hub`. */
  readonly ownKeys: KeyStore;
  /** The registered public keys of the partners. */
  readonly partnerKeys: KeyStore;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

/** The headers by which a partner knows that a request is the hub’s, and for whom; none where its keys are not to be had. */
export type SignPartnerRequest = (
  partner: string,
  request: RequestParts,
  reader: Reader,
) => Promise<Record<string, string>>;

/** Builds the signing of the hub’s requests: a key agreed with each partner, an assertion for each partner and reader. */
export function createRequestSigner({
  ownKeys,
  partnerKeys,
  clock,
}: RequestSignerOptions): SignPartnerRequest {
  const channels = new Map<string, Channel>();
  const channelTo = async (partner: string): Promise<Channel | undefined> => {
    const [[own], [other]] = await Promise.all([
      ownKeys.agreementKeysOf(hubIssuer),
      partnerKeys.agreementKeysOf(partner),
    ]);
    if (!own?.kid || !other?.kid) return undefined;
    const known = channels.get(partner);
    if (known?.id === `${own.kid}.${other.kid}`) return known;
    const channel = await deriveChannel(own, other, own.kid, other.kid);
    channels.set(partner, channel);
    return channel;
  };
  const assertReader = createAssertReader(async () => {
    const [key] = await ownKeys.signingKeysOf(hubIssuer);
    if (!key) throw new Error('The hub has no key to sign with.');
    return key;
  }, clock);
  return async (partner, request, reader) => {
    const channel = await channelTo(partner);
    if (!channel) return {};
    const assertion = await assertReader(reader, partner);
    return signRequest({ ...request, partner, assertion, channel, clock });
  };
}
