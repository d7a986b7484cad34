import type { JWK } from 'jose';
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { KeyStore } from '../../identity/keys/key-store.js';
import { contentDigestOf } from '../../identity/signature-form.js';

/** The header of a request that asks for a signed response (RFC 9421, 5.1). */
export const acceptSignatureHeader = 'accept-signature';
/** The header of a signed response with the end of the partner’s record when it left. */
export const recordHeader = 'hub-record';

const ofResponse = '"@status" "content-digest"';
const ofRequest =
  '"@method";req "@path";req "content-digest";req "hub-partner";req "hub-assertion";req "signature";req;key="hub"';
const tag = 'hub-response';

/** The one form that the hub asks for. A request with another value gets a plain response. */
export const wantedSignature = `hub=(${ofResponse} ${ofRequest});created;keyid;alg;tag="${tag}"`;

/** The parts of a request that the signature of its response covers. */
export interface CoveredRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The header `content-digest`. */
  readonly contentDigest: string;
  /** The header `hub-partner`. */
  readonly partner: string;
  /** The header `hub-assertion`. */
  readonly assertion: string;
  /** The header `signature`: `hub=:…:`. */
  readonly signature: string;
}

/** The end of a record. */
export interface RecordEnd {
  readonly links: number;
  /** In hexadecimal. */
  readonly hash: string;
}

/** A signed response, without its body. */
export interface SignedResponse {
  readonly status: number;
  readonly contentDigest: string;
  /** The header `hub-record`. Null without a record. */
  readonly record: string | null;
  readonly signature: string;
  readonly signatureInput: string;
}

const writeRecord = ({ links, hash: last }: RecordEnd): string => `links=${links}, hash="${last}"`;

const recordForm = /^links=(0|[1-9]\d{0,14}), hash="([0-9a-f]{64})"$/;

/** Reads the header `hub-record`. Undefined if it has another form. */
export function readRecordEnd(header: string): RecordEnd | undefined {
  const [, links, last = ''] = recordForm.exec(header) ?? [];
  return links === undefined ? undefined : { links: Number(links), hash: last };
}

/** The hub’s own form of a request’s signature. */
const requestSignature = /^hub=(:[A-Za-z0-9+/]+={0,2}:)$/;

/** Whether a response to a request with this signature can be signed. */
export const canSignResponse = (signature: unknown): signature is string =>
  typeof signature === 'string' && requestSignature.test(signature);

/** The covered components, the lines that are signed, and the parameters. */
function writeBase(
  request: CoveredRequest,
  response: Pick<SignedResponse, 'status' | 'contentDigest' | 'record'>,
  parameters: string,
): string | undefined {
  const member = requestSignature.exec(request.signature)?.[1];
  if (member === undefined) return undefined;
  const { status, contentDigest, record } = response;
  return [
    `"@status": ${status}`,
    `"content-digest": ${contentDigest}`,
    ...(record === null ? [] : [`"${recordHeader}": ${record}`]),
    `"@method";req: ${request.method}`,
    `"@path";req: ${request.path}`,
    `"content-digest";req: ${request.contentDigest}`,
    `"hub-partner";req: ${request.partner}`,
    `"hub-assertion";req: ${request.assertion}`,
    `"signature";req;key="hub": ${member}`,
    `"@signature-params": ${parameters}`,
  ].join('\n');
}

const listOf = (record: string | null): string =>
  `(${ofResponse}${record === null ? '' : ` "${recordHeader}"`} ${ofRequest})`;

const algorithms = { ed25519: 'EdDSA', 'ecdsa-p256-sha256': 'ES256' } as const;
type Algorithm = keyof typeof algorithms;

const algorithmOf = ({ kty }: JWK): Algorithm => (kty === 'EC' ? 'ecdsa-p256-sha256' : 'ed25519');

/** RFC 9421, 3.3.4 and 3.3.6: for ECDSA, r and s beside each other. */
const toSignKey = (key: KeyObject, algorithm: Algorithm) =>
  algorithm === 'ed25519' ? key : ({ key, dsaEncoding: 'ieee-p1363' } as const);
const hashFor = (algorithm: Algorithm) => (algorithm === 'ed25519' ? null : 'sha256');

export interface SignResponseOptions {
  readonly request: CoveredRequest;
  readonly status: number;
  readonly body: string | Buffer;
  /** The end of the record after the reading was recorded. @default there is no record */
  readonly record?: RecordEnd | undefined;
  /** The partner’s private signing key. */
  readonly key: JWK;
  readonly now: Date;
}

/** Signs a response with the partner’s key, bound to its request. Returns its headers. */
export function signResponse({
  request,
  status,
  body,
  record: end,
  key,
  now,
}: SignResponseOptions): Record<string, string> {
  const algorithm = algorithmOf(key);
  const record = end ? writeRecord(end) : null;
  const contentDigest = contentDigestOf(body);
  const created = Math.floor(now.getTime() / 1000);
  const parameters = `${listOf(record)};created=${created};keyid="${key.kid}";alg="${algorithm}";tag="${tag}"`;
  const base = writeBase(request, { status, contentDigest, record }, parameters);
  if (base === undefined) throw new TypeError('The request has no signature.');
  const privateKey = createPrivateKey({ key, format: 'jwk' });
  const value = sign(hashFor(algorithm), Buffer.from(base), toSignKey(privateKey, algorithm));
  return {
    'content-digest': contentDigest,
    ...(record !== null && { [recordHeader]: record }),
    'signature-input': `hub=${parameters}`,
    signature: `hub=:${value.toString('base64')}:`,
  };
}

/** Why a response is not evidence. */
export type ResponseRefusal =
  /** It has no signature of this form. */
  | 'UNSIGNED'
  /** The body does not match its digest. */
  | 'DIGEST'
  /** It is not signed with a registered key of the partner. */
  | 'KEY'
  /** The signature is of another request or response. */
  | 'SIGNATURE';

/** The content of a verified response. */
export interface VerifiedResponse {
  /** When it was signed, by the partner’s clock. */
  readonly created: Date;
  readonly keyid: string;
  readonly record: RecordEnd | undefined;
}

const inputForm = new RegExp(
  `^hub=((\\([^)]+\\));created=([1-9]\\d{0,11});keyid="([ !#-[\\]-~]+)";alg="(ed25519|ecdsa-p256-sha256)";tag="${tag}")$`,
);
const valueForm = /^hub=:([A-Za-z0-9+/]{86}==):$/;

/** Verifies that a partner sent this response to this request. It says nothing about time. */
export async function verifyResponse(
  request: CoveredRequest,
  response: SignedResponse,
  keys: Pick<KeyStore, 'signingKeysOf'>,
): Promise<VerifiedResponse | ResponseRefusal> {
  const { record } = response;
  const groups = inputForm.exec(response.signatureInput);
  const value = valueForm.exec(response.signature)?.[1];
  const [, parameters = '', list, created, keyid = '', algorithm] = groups ?? [];
  const end = record === null ? undefined : readRecordEnd(record);
  if (!value || list !== listOf(record) || (record !== null && !end)) return 'UNSIGNED';
  const key = (await keys.signingKeysOf(request.partner)).find(({ kid }) => kid === keyid);
  if (!key || algorithmOf(key) !== algorithm) return 'KEY';
  const base = writeBase(request, response, parameters);
  if (base === undefined) return 'UNSIGNED';
  const { d: _, ...open } = key;
  const publicKey = createPublicKey({ key: open, format: 'jwk' });
  const isValid = verify(
    hashFor(algorithm),
    Buffer.from(base),
    toSignKey(publicKey, algorithm),
    Buffer.from(value, 'base64'),
  );
  if (!isValid) return 'SIGNATURE';
  return { created: new Date(Number(created) * 1000), keyid, record: end };
}
