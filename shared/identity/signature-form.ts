import type { JWK } from 'jose';
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hash,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto';
import { clockToleranceSeconds } from './clock-tolerance.js';
import {
  clientNameHeader,
  isClientName,
  parseTimeLeft,
  timeLeftHeader,
} from './request-headers.js';

/**
 * A secret that two organisations share: both derive it from their own private X25519 key and the
 * other’s public key.
 */
export interface Channel {
  /** Names the two keys from which it was derived. */
  readonly id: string;
  readonly secret: Buffer;
}

const secretBytes = 32;
const purpose = 'cooperation-hub request signature v1';

/**
 * Derives the key that signs the hub’s requests to one partner: X25519, then HKDF with SHA-256 over
 * both key ids, the hub’s first.
 */
export function deriveChannel(
  own: JWK,
  other: JWK,
  hubKeyId: string,
  partnerKeyId: string,
): Channel {
  const agreed = diffieHellman({
    privateKey: createPrivateKey({ key: own, format: 'jwk' }),
    publicKey: createPublicKey({ key: other, format: 'jwk' }),
  });
  const id = `${hubKeyId}.${partnerKeyId}`;
  return {
    id,
    secret: Buffer.from(hkdfSync('sha256', agreed, '', `${purpose} ${id}`, secretBytes)),
  };
}

/**
 * Makes a {@link deriveChannel} that derives once for two keys. A key store returns other objects
 * for replaced keys, so a key that was replaced under the same `kid` is no longer used.
 */
export function createChannels(): typeof deriveChannel {
  const known = new WeakMap<JWK, WeakMap<JWK, Channel>>();
  return (own, other, hubKeyId, partnerKeyId) => {
    const channels = known.get(own) ?? new WeakMap<JWK, Channel>();
    const channel = channels.get(other) ?? deriveChannel(own, other, hubKeyId, partnerKeyId);
    known.set(own, channels.set(other, channel));
    return channel;
  };
}

/**
 * The headers with the partner’s code and the assertion about the caller. The signature covers
 * both.
 */
export const partnerHeader = 'hub-partner';
export const assertionHeader = 'hub-assertion';

/**
 * The header with the trace context of the hub’s call (W3C). It has a name of its own, because a
 * proxy may add or change a `traceparent`.
 */
export const traceparentHeader = 'hub-traceparent';

const isTraceparent = (header: unknown): header is string =>
  typeof header === 'string' && /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/.test(header);

/**
 * What every signature covers (RFC 9421), and then the time left, the name of the client and the trace context that are sent. The
 * authority is not covered, because a partner may be behind a proxy. A partner ignores every header
 * that is not covered.
 */
export const covered = ['@method', '@path', 'content-digest', partnerHeader, assertionHeader];
const algorithm = 'hmac-sha256';

/**
 * The greatest age of a request, in seconds. For how far ahead it may be, see {@link
 * clockToleranceSeconds}.
 */
export const longestAgeSeconds = 300;

const label = 'hub';
const alwaysCovered = covered.map((name) => `"${name}"`).join(' ');
/** The list of a request’s covered parts. */
const listOf = ({ timeLeft, clientName, traceparent }: SignedParts): string => {
  const time = timeLeft === undefined ? '' : ` "${timeLeftHeader}"`;
  const name = clientName === undefined ? '' : ` "${clientNameHeader}"`;
  const trace = traceparent === undefined ? '' : ` "${traceparentHeader}"`;
  return `(${alwaysCovered}${time}${name}${trace})`;
};

/** The header `content-digest` of a body (RFC 9530). */
export const contentDigestOf = (body: string | Buffer): string =>
  `sha-256=:${hash('sha256', body, 'base64')}:`;

/** The signed parts of a request, as in their lines. */
export interface SignedParts {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly contentDigest: string;
  readonly partner: string;
  readonly assertion: string;
  /** The header `hub-time-left`, if it is sent. */
  readonly timeLeft?: string | undefined;
  /** The header `hub-client-name`, if it is sent. */
  readonly clientName?: string | undefined;
  /** The header `hub-traceparent`, if it is sent. */
  readonly traceparent?: string | undefined;
}

/** The parts as they are sent: a header may come several times. */
type SentParts = Omit<SignedParts, 'timeLeft' | 'clientName' | 'traceparent'> & {
  readonly timeLeft?: unknown;
  readonly clientName?: unknown;
  readonly traceparent?: unknown;
};

/** The signature headers of a request. */
export interface SignatureHeaders {
  readonly signature: string;
  readonly 'signature-input': string;
}

/**
 * A string of RFC 8941. Characters that it does not allow could end the header or start another.
 */
function toSfString(text: string): string {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new TypeError('No text of a structured field.');
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** The signature of all parts and parameters. */
function mac({ secret }: Channel, parts: SignedParts, parameters: string) {
  const base = [
    `"@method": ${parts.method}`,
    `"@path": ${parts.path}`,
    `"content-digest": ${parts.contentDigest}`,
    `"${partnerHeader}": ${parts.partner}`,
    `"${assertionHeader}": ${parts.assertion}`,
    ...(parts.timeLeft === undefined ? [] : [`"${timeLeftHeader}": ${parts.timeLeft}`]),
    ...(parts.clientName === undefined ? [] : [`"${clientNameHeader}": ${parts.clientName}`]),
    ...(parts.traceparent === undefined ? [] : [`"${traceparentHeader}": ${parts.traceparent}`]),
    `"@signature-params": ${parameters}`,
  ].join('\n');
  return createHmac('sha256', secret).update(base);
}

/** Writes the headers of a signature in the hub’s only form. */
export function writeSignature(
  parts: SignedParts,
  { channel, created, nonce }: { channel: Channel; created: number; nonce: string },
): SignatureHeaders {
  const parameters = `${listOf(parts)};created=${created};nonce="${nonce}";keyid=${toSfString(channel.id)};alg="${algorithm}"`;
  const signature = mac(channel, parts, parameters).digest('base64');
  return { signature: `${label}=:${signature}:`, 'signature-input': `${label}=${parameters}` };
}

/** A parsed signature. */
export interface ReadSignature {
  /** In seconds since the epoch. */
  readonly created: number;
  readonly nonce: string;
  readonly keyid: string;
  readonly value: Buffer;
  /** The expected signature with a channel’s key. */
  expect(channel: Channel): Buffer;
}

/**
 * The longest headers of signatures, in characters. The hub’s own have 500, and each signature of a
 * proxy adds as many.
 */
const longestSignatures = 3_000;

/**
 * The hub’s member of a header in which proxies may have members of their own (RFC 8941, 3.2). What
 * stands beside a comma has no space and no tab, so that a header of tabs takes linear time.
 */
const member = (value: string): RegExp =>
  new RegExp(`(?:^|[^ \\t,][ \\t]*,[ \\t]*)${label}=${value}(?=$|[ \\t]*,[ \\t]*[^ \\t,])`);
const inputForm = member(
  `((\\([^)]+\\));created=([1-9]\\d{0,11});nonce="([\\w-]+)";keyid="((?:[ !#-[\\]-~]|\\\\["\\\\])+)";alg="${algorithm}")`,
);
/** The groups of {@link inputForm}. None is empty. */
type InputGroups = [
  all: string,
  parameters: string,
  list: string,
  created: string,
  nonce: string,
  keyid: string,
];
const signatureForm = member(':([A-Za-z0-9+/]{43}=):');

/** Values that a header or a request line can contain, with nothing to trim or fold. */
function isPlain(parts: SentParts): parts is SignedParts {
  const { method, path, partner, assertion, timeLeft, clientName, traceparent } = parts;
  return (
    (timeLeft === undefined || parseTimeLeft(timeLeft) !== undefined) &&
    (clientName === undefined || isClientName(clientName)) &&
    (traceparent === undefined || isTraceparent(traceparent)) &&
    /^[A-Z]+$/.test(method) &&
    /^\/[!-~]*$/.test(path) &&
    /^[!-~]+$/.test(partner) &&
    /^[!-~]+(?: [!-~]+)*$/.test(assertion)
  );
}

/**
 * Parses a signature of the form of {@link writeSignature}, also if a proxy has added others.
 * Undefined for any other form, valid or not.
 */
export function readSignature(
  sent: SentParts,
  headers: Readonly<Record<keyof SignatureHeaders, unknown>>,
): ReadSignature | undefined {
  const { signature, 'signature-input': input } = headers;
  // The signature does not cover the query.
  const parts = { ...sent, path: sent.path.split('?', 1)[0] ?? '' };
  if (typeof signature !== 'string' || typeof input !== 'string' || !isPlain(parts)) return;
  if (signature.length + input.length > longestSignatures) return;
  const groups = inputForm.exec(input) as InputGroups | null;
  const value = signatureForm.exec(signature)?.[1];
  if (!groups || !value) return;
  const [, parameters, list, created, nonce, keyid] = groups;
  if (list !== listOf(parts)) return;
  return {
    created: Number(created),
    nonce,
    keyid: keyid.replace(/\\(["\\])/g, '$1'),
    value: Buffer.from(value, 'base64'),
    expect: (channel) => mac(channel, parts, parameters).digest(),
  };
}

/** The parameters of a valid signature. */
export interface VerifiedSignature {
  /** In seconds since the epoch. */
  readonly created: number;
  readonly nonce: string;
}

/** Verifies that a signature is valid, and neither too old nor too new. */
export async function verifySignature(
  { created, nonce, keyid, value, expect }: ReadSignature,
  channelOf: (id: string) => Promise<Channel | undefined>,
  now: Date,
): Promise<VerifiedSignature | undefined> {
  const age = (now.getTime() - created * 1000) / 1000;
  if (age > longestAgeSeconds || age < -clockToleranceSeconds) return undefined;
  const channel = await channelOf(keyid);
  return channel && timingSafeEqual(expect(channel), value) ? { created, nonce } : undefined;
}
