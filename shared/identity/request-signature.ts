import { randomUUID } from 'node:crypto';
import { HubError } from '../errors/hub-error.js';
import type { Channel } from './channel.js';
import { clientNameHeader } from './client-name.js';
import { explainSignature, type KnownKeys, type RefusalReason } from './refusal-reason.js';
import type { ReplayGuard } from './replay-guard.js';
import {
  assertionHeader,
  contentDigestOf,
  partnerHeader,
  readSignature,
  traceparentHeader,
  verifySignature,
  writeSignature,
} from './signature-form.js';
import { timeLeftHeader } from './time-left.js';

export interface RequestParts {
  readonly method: string;
  readonly path: string;
  readonly body: string | Buffer;
  /** How long the partner may take, in whole milliseconds. @default the partner’s own limit */
  readonly timeLeftMs?: number | undefined;
  /** What the client calls its program. @default it has no name */
  readonly clientName?: string | undefined;
  /** The trace context of the call. @default it is not traced */
  readonly traceparent?: string | undefined;
}

export interface SignRequestOptions extends RequestParts {
  /** The code of the partner. */
  readonly partner: string;
  readonly assertion: string;
  readonly channel: Channel;
  /** @default the system’s time */
  readonly now?: Date;
}

/**
 * Signs a request so that its partner can verify that it came from the hub, just now and unchanged.
 * Returns the headers.
 */
export function signRequest({
  method,
  path,
  body,
  timeLeftMs,
  clientName,
  traceparent,
  partner,
  assertion,
  channel,
  now = new Date(),
}: SignRequestOptions): Record<string, string> {
  const contentDigest = contentDigestOf(body);
  const created = Math.floor(now.getTime() / 1000);
  const timeLeft = timeLeftMs === undefined ? undefined : String(timeLeftMs);
  const signature = writeSignature(
    { method, path, contentDigest, partner, assertion, timeLeft, clientName, traceparent },
    { channel, created, nonce: randomUUID() },
  );
  // The header names are written out, because computed names take longer.
  const headers: Record<string, string> = {
    'content-digest': contentDigest,
    'hub-partner': partner,
    'hub-assertion': assertion,
    signature: signature.signature,
    'signature-input': signature['signature-input'],
  };
  if (timeLeft !== undefined) headers['hub-time-left'] = timeLeft;
  if (clientName !== undefined) headers['hub-client-name'] = clientName;
  if (traceparent !== undefined) headers['hub-traceparent'] = traceparent;
  return headers;
}

export interface VerifyRequestOptions extends KnownKeys {
  /** The code of the partner that verifies. */
  readonly partner: string;
  readonly replays: ReplayGuard;
  /** @default the system’s clock */
  readonly clock?: () => Date;
}

export interface SignedRequest extends Omit<
  RequestParts,
  'timeLeftMs' | 'clientName' | 'traceparent'
> {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The content of a verified request. */
interface VerifiedRequest {
  readonly assertion: string;
  /** Unique among accepted requests. */
  readonly nonce: string;
  /** When it was signed, by the hub’s clock. */
  readonly created: Date;
}

/** Verifies one request. */
export type VerifyRequest = (request: SignedRequest) => Promise<VerifiedRequest>;

/**
 * Makes a partner’s check of requests: signed by the hub, for this partner, at most five minutes
 * ago, unchanged, and only once.
 * @throws HubError `UNAUTHENTICATED` from the function, with the {@link RefusalReason} as `reason`.
 */
export function createRequestVerifier({
  partner,
  channelOf,
  isOfHub,
  replays,
  clock = () => new Date(),
}: VerifyRequestOptions): VerifyRequest {
  const keys: KnownKeys = { channelOf, ...(isOfHub && { isOfHub }) };
  return async ({ method, path, body, headers }) => {
    const refuse = (reason: RefusalReason): never => {
      throw new HubError('UNAUTHENTICATED', { reason });
    };
    const assertion = headers[assertionHeader];
    if (headers[partnerHeader] === undefined || typeof assertion !== 'string') {
      return refuse('UNSIGNED');
    }
    if (headers[partnerHeader] !== partner) return refuse('PARTNER');
    const contentDigest = contentDigestOf(body);
    if (headers['content-digest'] !== contentDigest) return refuse('DIGEST');
    const timeLeft = headers[timeLeftHeader];
    const clientName = headers[clientNameHeader];
    const traceparent = headers[traceparentHeader];
    const now = clock();
    const read = readSignature(
      { method, path, contentDigest, partner, assertion, timeLeft, clientName, traceparent },
      { signature: headers['signature'], 'signature-input': headers['signature-input'] },
    );
    const signature = read && (await verifySignature(read, channelOf, now));
    // Only a valid signature uses up a nonce. Otherwise anybody could fill the guard.
    if (!signature || !replays.isFirst(signature, now)) {
      return refuse(
        await explainSignature(headers['signature-input'], signature !== undefined, keys, now),
      );
    }
    const { nonce, created } = signature;
    return { assertion, nonce, created: new Date(created * 1000) };
  };
}
