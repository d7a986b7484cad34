import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Channel } from './channel.js';
import { clockToleranceSeconds } from './clock-tolerance.js';
import { readTimeLeft, timeLeftHeader } from './time-left.js';

/** The headers in which the hub says to which partner it speaks, and for whom. The signature covers both. */
export const partnerHeader = 'hub-partner';
export const assertionHeader = 'hub-assertion';

/**
 * What every signature covers (RFC 9421), and `hub-time-left` where it is sent. Not the authority: a partner may stand
 * behind a proxy. A partner ignores every header that is not covered.
 */
export const covered = ['@method', '@path', 'content-digest', partnerHeader, assertionHeader];
export const algorithm = 'hmac-sha256';

/** How old a request may be, in seconds. How far ahead: {@link clockToleranceSeconds}. */
export const longestAgeSeconds = 300;

const label = 'hub';
const listOf = (names: readonly string[]): string =>
  `(${names.map((name) => `"${name}"`).join(' ')})`;
const coveredList = listOf(covered);
const coveredWithTime = listOf([...covered, timeLeftHeader]);

/** What is signed of a request: each part as its line says it. */
export interface SignedParts {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly contentDigest: string;
  readonly partner: string;
  readonly assertion: string;
  /** The header `hub-time-left`, where it is sent. */
  readonly timeLeft?: string | undefined;
}

/** What a request says of its signature. */
export interface SignatureHeaders {
  readonly signature: string;
  readonly 'signature-input': string;
}

/** A string of RFC 8941. What it cannot hold would end the header, or begin another. */
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
    `"@signature-params": ${parameters}`,
  ].join('\n');
  return createHmac('sha256', secret).update(base);
}

/** Writes the headers of a signature in the one form that the hub’s have. */
export function writeSignature(
  parts: SignedParts,
  { channel, created, nonce }: { channel: Channel; created: number; nonce: string },
): SignatureHeaders {
  const list = parts.timeLeft === undefined ? coveredList : coveredWithTime;
  const parameters = `${list};created=${created};nonce="${nonce}";keyid=${toSfString(channel.id)};alg="${algorithm}"`;
  const signature = mac(channel, parts, parameters).digest('base64');
  return { signature: `${label}=:${signature}:`, 'signature-input': `${label}=${parameters}` };
}

/** A signature that was read. */
export interface ReadSignature {
  /** In seconds since the epoch. */
  readonly created: number;
  readonly nonce: string;
  readonly keyid: string;
  readonly value: Buffer;
  /** What it has to be by a channel’s key. */
  expect(channel: Channel): Buffer;
}

const formOf = (list: string): RegExp =>
  new RegExp(
    `^${label}=(${list.replace(/[()]/g, '\\$&')};created=([1-9]\\d{0,11});nonce="([\\w-]+)";keyid="([ !#-[\\]-~]+)";alg="${algorithm}")$`,
  );
const inputForm = formOf(coveredList);
const inputFormWithTime = formOf(coveredWithTime);
const signatureForm = new RegExp(`^${label}=:([A-Za-z0-9+/]{43}=):$`);

/** Parts that every reader of RFC 9421 takes as they are: nothing to trim, to fold, to decode or to leave out. */
const isPlain = ({ method, path, partner, assertion, timeLeft }: SignedParts): boolean =>
  (timeLeft === undefined || readTimeLeft(timeLeft) !== undefined) &&
  /^[A-Z]+$/.test(method) &&
  /^\/[\w/-]*$/.test(path) &&
  /^[!-~]+$/.test(partner) &&
  /^[!-~]+(?: [!-~]+)*$/.test(assertion);

/** Reads a signature of exactly the form that {@link writeSignature} gives; undefined for any other, good or not. */
export function readSignature(
  parts: SignedParts,
  headers: Readonly<Record<keyof SignatureHeaders, unknown>>,
): ReadSignature | undefined {
  const { signature, 'signature-input': input } = headers;
  if (typeof signature !== 'string' || typeof input !== 'string' || !isPlain(parts)) return;
  const form = parts.timeLeft === undefined ? inputForm : inputFormWithTime;
  const [, parameters, created, nonce, keyid] = form.exec(input) ?? [];
  const value = signatureForm.exec(signature)?.[1];
  if (!parameters || !nonce || !keyid || !value) return;
  return {
    created: Number(created),
    nonce,
    keyid,
    value: Buffer.from(value, 'base64'),
    expect: (channel) => mac(channel, parts, parameters).digest(),
  };
}

/** What a good signature says of itself. */
export interface VerifiedSignature {
  /** In seconds since the epoch. */
  readonly created: number;
  readonly nonce: string;
}

/** Of a signature that is good, and neither too old nor too new. */
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
