import { httpbis } from 'http-message-signatures';
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { HubError } from '../errors/index.js';
import type { Channel } from './channel.js';
import type { ReplayGuard } from './replay-guard.js';

/** The headers in which the hub says to which partner it speaks, and for whom. The signature covers both. */
export const partnerHeader = 'hub-partner';
export const assertionHeader = 'hub-assertion';

/**
 * What a signature covers (RFC 9421). Not the authority: a partner may stand behind a proxy. A partner ignores every
 * header that is not covered.
 */
const covered = ['@method', '@path', 'content-digest', partnerHeader, assertionHeader];
const algorithm = 'hmac-sha256';
const label = 'hub';

/** How old a request may be, in seconds, and how far ahead its clock. */
export const longestAgeSeconds = 300;
const leewaySeconds = 5;
const nonceBytes = 16;

export interface RequestParts {
  readonly method: string;
  readonly path: string;
  readonly body: string | Buffer;
}

export interface SignRequestOptions extends RequestParts {
  /** The code of the partner that is asked. */
  readonly partner: string;
  readonly assertion: string;
  readonly channel: Channel;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

const digest = (body: string | Buffer): string =>
  `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

const mac = (secret: Buffer, data: Buffer): Buffer =>
  createHmac('sha256', secret).update(data).digest();

/** Signs a request so that its partner can tell that it came from the hub, just now, and as it is. Returns its headers. */
export async function signRequest({
  method,
  path,
  body,
  partner,
  assertion,
  channel,
  clock = () => new Date(),
}: SignRequestOptions): Promise<Record<string, string>> {
  const headers = {
    'content-digest': digest(body),
    [partnerHeader]: partner,
    [assertionHeader]: assertion,
  };
  const signed = await httpbis.signMessage(
    {
      key: {
        id: channel.id,
        alg: algorithm,
        sign: (data) => Promise.resolve(mac(channel.secret, data)),
      },
      name: label,
      fields: covered,
      params: ['created', 'nonce', 'keyid', 'alg'],
      paramValues: { created: clock(), nonce: randomBytes(nonceBytes).toString('base64url') },
    },
    // The library needs an address to take the path from; the authority is not covered.
    { method, url: `http://partner${path}`, headers },
  );
  return Object.fromEntries(
    Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

export interface VerifyRequestOptions {
  /** The code of the partner that verifies. */
  readonly partner: string;
  /** The channels that count at present, by their id; several while keys are being replaced. */
  channelOf(id: string): Promise<Channel | undefined>;
  readonly replays: ReplayGuard;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

export interface SignedRequest extends RequestParts {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Verifies one request and returns the assertion that it carries. */
export type VerifyRequest = (request: SignedRequest) => Promise<string>;

/**
 * Builds a partner’s check of what comes to it: signed by the hub, for this partner, at most five minutes ago, as it was
 * sent, and once.
 * @throws HubError `UNAUTHENTICATED` from the function, with no word on what was wrong.
 */
export function createRequestVerifier({
  partner,
  channelOf,
  replays,
  clock = () => new Date(),
}: VerifyRequestOptions): VerifyRequest {
  return async ({ method, path, body, headers }) => {
    const refuse = (): never => {
      throw new HubError('UNAUTHENTICATED');
    };
    const assertion = headers[assertionHeader];
    if (headers[partnerHeader] !== partner || typeof assertion !== 'string') return refuse();
    if (headers['content-digest'] !== digest(body)) return refuse();
    const now = clock();
    let nonce: string | undefined;
    const isSigned = await httpbis
      .verifyMessage(
        {
          keyLookup: async ({ keyid, alg, nonce: sent, created }) => {
            if (alg !== algorithm || typeof keyid !== 'string' || !sent || !created) return null;
            const age = (now.getTime() - created.getTime()) / 1000;
            if (age > longestAgeSeconds || age < -leewaySeconds) return null;
            const channel = await channelOf(keyid);
            if (!channel) return null;
            return {
              id: keyid,
              algs: [algorithm],
              verify: (data, signature) => {
                const expected = mac(channel.secret, data);
                const isEqual =
                  expected.length === signature.length && timingSafeEqual(expected, signature);
                // Of several signatures on one request, the nonce of the good one counts.
                if (isEqual) nonce = sent;
                return Promise.resolve(isEqual);
              },
            };
          },
          requiredFields: covered,
          requiredParams: ['created', 'nonce', 'keyid', 'alg'],
          // The library would go by the system’s clock, and leave no room for clocks that differ.
          notAfter: new Date(now.getTime() + leewaySeconds * 1000),
        },
        { method, url: `http://partner${path}`, headers: only(headers) },
      )
      .catch(() => false);
    // Only what is signed may use up a nonce: otherwise anybody could fill the guard.
    if (isSigned !== true || nonce === undefined || !replays.isFirst(nonce, now)) return refuse();
    return assertion;
  };
}

/** The headers that the check looks at, each once. */
function only(headers: SignedRequest['headers']): Record<string, string> {
  const names = [
    'signature',
    'signature-input',
    ...covered.filter((name) => !name.startsWith('@')),
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
