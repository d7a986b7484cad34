import { httpbis } from 'http-message-signatures';
import { createHmac, hash, randomFillSync, timingSafeEqual } from 'node:crypto';
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

const digest = (body: string | Buffer): string => `sha-256=:${hash('sha256', body, 'base64')}:`;

const mac = (secret: Buffer, data: Buffer): Buffer =>
  createHmac('sha256', secret).update(data).digest();

/** Asking the system for each nonce by itself would cost more than all the rest of signing. */
const noncePool = Buffer.alloc(256 * nonceBytes);
let nonceAt = noncePool.length;

function createNonce(): string {
  if (nonceAt === noncePool.length) {
    randomFillSync(noncePool);
    nonceAt = 0;
  }
  const nonce = noncePool.toString('base64url', nonceAt, nonceAt + nonceBytes);
  nonceAt += nonceBytes;
  return nonce;
}

/** A string of RFC 8941. What it cannot hold would end the header, or begin another. */
function toSfString(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new TypeError('No text of a structured field.');
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const coveredList = `(${covered.map((name) => `"${name}"`).join(' ')})`;

/**
 * Signs a request so that its partner can tell that it came from the hub, just now, and as it is. Returns its headers.
 *
 * What is signed is always of one form, which is written out here: the library that verifies it needs longer to write
 * it than all else takes that the hub does to ask a partner.
 */
export function signRequest({
  method,
  path,
  body,
  partner,
  assertion,
  channel,
  clock = () => new Date(),
}: SignRequestOptions): Record<string, string> {
  const contentDigest = digest(body);
  const created = Math.floor(clock().getTime() / 1000);
  const parameters = `${coveredList};created=${created};nonce="${createNonce()}";keyid=${toSfString(channel.id)};alg="${algorithm}"`;
  const base = [
    `"@method": ${method}`,
    `"@path": ${path}`,
    `"content-digest": ${contentDigest}`,
    `"${partnerHeader}": ${partner}`,
    `"${assertionHeader}": ${assertion}`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
  const signature = createHmac('sha256', channel.secret).update(base).digest('base64');
  return {
    'content-digest': contentDigest,
    [partnerHeader]: partner,
    [assertionHeader]: assertion,
    signature: `${label}=:${signature}:`,
    'signature-input': `${label}=${parameters}`,
  };
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
