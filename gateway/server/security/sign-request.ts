import {
  type Channel,
  createAssertReader,
  createChannels,
  hubIssuer,
  KeyFileError,
  type KeyStore,
  type Reader,
  type RequestParts,
  signRequest,
} from '@hub/shared/identity';

export interface RequestSignerOptions {
  /** The hub’s own private keys, under `hub`. */
  readonly ownKeys: KeyStore;
  /** The registered public keys of the partners. */
  readonly partnerKeys: KeyStore;
  /**
   * Explains what is wrong with the keys of the hub or of a partner. @default the error only says
   * whose keys they are
   */
  readonly findError?: (partner: string) => Promise<string | undefined>;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

type Headers = Readonly<Record<string, string>>;

/**
 * Makes the headers that prove to a partner that a request is from the hub, and for which caller.
 * Returns at once if the same caller’s request to the same partner was signed a moment ago.
 * @throws {@link KeyFileError} with the reason if keys are unavailable. Nothing is sent that the
 * partner would refuse.
 */
export type SignPartnerRequest = (
  partner: string,
  request: RequestParts,
  reader: Reader,
) => Headers | Promise<Headers>;

/** What all requests of one caller to one partner are signed with. */
interface Credentials {
  readonly channel: Channel;
  readonly assertion: string;
  readonly madeAt: number;
}

/** How long keys are not read again, in ms. This adds to the time that the key store caches. */
const credentialsMs = 1_000;

/**
 * Makes the signing of the hub’s requests: a shared key for each partner, and an assertion for each
 * partner and caller.
 */
export function createRequestSigner({
  ownKeys,
  partnerKeys,
  findError = async () => undefined,
  clock = () => new Date(),
}: RequestSignerOptions): SignPartnerRequest {
  const channelBetween = createChannels();
  const channelTo = async (partner: string): Promise<Channel> => {
    const [[own], [other]] = await Promise.all([
      ownKeys.agreementKeysOf(hubIssuer),
      partnerKeys.agreementKeysOf(partner),
    ]);
    if (!own?.kid || !other?.kid) {
      const whose = own?.kid ? `the public keys of ${partner}` : 'its own keys';
      throw new KeyFileError((await findError(partner)) ?? `The hub cannot use ${whose}.`);
    }
    return channelBetween(own, other, own.kid, other.kid);
  };
  const assertReader = createAssertReader(async () => {
    const [key] = await ownKeys.signingKeysOf(hubIssuer);
    if (!key) throw new KeyFileError('The hub has no signing key.');
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
  return (partner, { method, path, body, timeLeftMs, clientName, traceparent }, reader) => {
    const now = clock();
    const sign = ({ channel, assertion }: Credentials) =>
      signRequest({
        method,
        path,
        body,
        timeLeftMs,
        clientName,
        traceparent,
        partner,
        assertion,
        channel,
        now,
      });
    const credentials = known.get(partner)?.get(reader);
    // If the clock was set back, the age is not known.
    const age = credentials ? now.getTime() - credentials.madeAt : Infinity;
    if (credentials && age >= 0 && age < credentialsMs) return sign(credentials);
    return makeCredentials(partner, reader).then(sign);
  };
}
