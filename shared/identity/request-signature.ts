import { randomUUID } from 'node:crypto';
import { HubError } from '../errors/hub-error.js';
import { clockToleranceSeconds } from './clock-tolerance.js';
import { type KnownKeys, type RefusalReason, explainSignature } from './refusal-reason.js';
import { clientNameHeader, timeLeftHeader } from './request-headers.js';
import {
  type Channel,
  type VerifiedSignature,
  assertionHeader,
  contentDigestOf,
  partnerHeader,
  readSignature,
  traceparentHeader,
  verifySignature,
  writeSignature,
} from './signature-form.js';

/** Remembers nonces for as long as they could be used again. */
export interface ReplayGuard {
  /** True if this signature is new. False also if that cannot be known. */
  isFirst(signature: VerifiedSignature, now: Date): boolean;
}

/** The number of parts of the window. */
const partsOfWindow = 10;

/** The nonces of one part of the window, which are dropped together. */
interface Part {
  /** In seconds since the epoch. */
  readonly begun: number;
  readonly nonces: Set<string>;
  /** The latest creation time in this part, in seconds since the epoch. */
  created: number;
}

/**
 * Keeps nonces for `windowSeconds` and a tenth more. It rejects requests that were created before
 * it started, except for the clock tolerance, because an earlier guard may have seen them. It also
 * rejects requests that are not newer than a dropped nonce, which matters when a clock is set back.
 */
export function createReplayGuard(windowSeconds: number, begun: Date): ReplayGuard {
  const partSeconds = windowSeconds / partsOfWindow;
  let parts: readonly Part[] = [];
  /** Nothing that was created until then is known, in seconds since the epoch. */
  let forgotten = begun.getTime() / 1000 - clockToleranceSeconds;
  /** The part of this time. If the clock was set back, it may be far from the last one. */
  const openPart = (seconds: number): Part => {
    const [last] = parts;
    if (last && Math.abs(seconds - last.begun) < partSeconds) return last;
    const part: Part = { begun: seconds, nonces: new Set(), created: 0 };
    const isKept = ({ begun }: Part) => seconds - begun < windowSeconds + partSeconds;
    for (const old of parts) if (!isKept(old)) forgotten = Math.max(forgotten, old.created);
    parts = [part, ...parts.filter(isKept)];
    return part;
  };
  return {
    isFirst({ nonce, created }, now) {
      const part = openPart(now.getTime() / 1000);
      if (created <= forgotten) return false;
      // A substring keeps the whole header in memory, so the nonce is copied.
      const own = Buffer.from(nonce).toString();
      if (parts.some(({ nonces }) => nonces.has(own))) return false;
      part.nonces.add(own);
      part.created = Math.max(part.created, created);
      return true;
    },
  };
}

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
