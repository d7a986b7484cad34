import {
  createAssertReader,
  deriveChannel,
  hubIssuer,
  KeyFileError,
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
  /** Says what is wrong with the hub’s own keys, or with the registered ones of a partner. @default only whose they are */
  readonly findFault?: (partner: string) => Promise<string | undefined>;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

type Headers = Readonly<Record<string, string>>;

/**
 * The headers by which a partner knows that a request is the hub’s, and for whom. There at once where the same reader
 * asked the same partner just now.
 * @throws {@link KeyFileError} where keys are not to be had, with the reason: nothing is sent that the partner would refuse.
 */
export type SignPartnerRequest = (
  partner: string,
  request: RequestParts,
  reader: Reader,
) => Headers | Promise<Headers>;

/** What all requests to one partner for one reader are signed with. */
interface Credentials {
  readonly channel: Channel;
  readonly assertion: string;
  readonly madeAt: number;
}

/** So long keys are not asked for again, in ms. It adds to how long a key store does not look. */
const credentialsMs = 1_000;

/** Builds the signing of the hub’s requests: a key agreed with each partner, an assertion for each partner and reader. */
export function createRequestSigner({
  ownKeys,
  partnerKeys,
  findFault = async () => undefined,
  clock = () => new Date(),
}: RequestSignerOptions): SignPartnerRequest {
  const channels = new Map<string, Channel>();
  const channelTo = async (partner: string): Promise<Channel> => {
    const [[own], [other]] = await Promise.all([
      ownKeys.agreementKeysOf(hubIssuer),
      partnerKeys.agreementKeysOf(partner),
    ]);
    if (!own?.kid || !other?.kid) {
      const whose = own?.kid ? `the public keys of ${partner}` : 'its own keys';
      throw new KeyFileError((await findFault(partner)) ?? `The hub cannot use ${whose}.`);
    }
    const known = channels.get(partner);
    if (known?.id === `${own.kid}.${other.kid}`) return known;
    const channel = await deriveChannel(own, other, own.kid, other.kid);
    channels.set(partner, channel);
    return channel;
  };
  const assertReader = createAssertReader(async () => {
    const [key] = await ownKeys.signingKeysOf(hubIssuer);
    if (!key) throw new KeyFileError('The hub has no key to sign with.');
    return key;
  }, clock);
  const known = new Map<string, WeakMap<Reader, Credentials>>();
  const makeCredentials = async (partner: string, reader: Reader): Promise<Credentials> => {
    const madeAt = clock().getTime();
    const channel = await channelTo(partner);
    const assertion = await assertReader(reader, partner);
    const credentials = { channel, assertion, madeAt };
    const own = known.get(partner) ?? new WeakMap<Reader, Credentials>();
    known.set(partner, own.set(reader, credentials));
    return credentials;
  };
  return (partner, { method, path, body, timeLeftMs }, reader) => {
    const now = clock();
    const sign = ({ channel, assertion }: Credentials) =>
      signRequest({ method, path, body, timeLeftMs, partner, assertion, channel, now });
    const credentials = known.get(partner)?.get(reader);
    // A clock that was set back proves nothing.
    const age = credentials ? now.getTime() - credentials.madeAt : Infinity;
    if (credentials && age >= 0 && age < credentialsMs) return sign(credentials);
    return makeCredentials(partner, reader).then(sign);
  };
}
