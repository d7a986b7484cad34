/** A public key, as published lines have it. */
export type Key = Readonly<Record<'kty' | 'crv' | 'x' | 'kid' | 'alg', string>> & {
  readonly y?: string;
};

export const toHex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

export const toBase64 = (bytes: ArrayBuffer): string =>
  btoa(String.fromCodePoint(...new Uint8Array(bytes)));

const toBase64Url = (bytes: ArrayBuffer): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  fromBase64(text.replaceAll('-', '+').replaceAll('_', '/'));

export const digest = (text: string): Promise<ArrayBuffer> =>
  crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));

const algorithms: Readonly<Record<string, AlgorithmIdentifier & EcKeyImportParams & EcdsaParams>> =
  {
    EdDSA: { name: 'Ed25519', namedCurve: '', hash: '' },
    ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  };

/** The members of the key that count, in the order of RFC 7638. */
export const thumbprintOf = async ({ crv, kty, x, y }: Key): Promise<string> =>
  toBase64Url(await digest(JSON.stringify({ crv, kty, x, ...(y !== undefined && { y }) })));

/** Whether a key signed a text. What is no key signs nothing. */
export async function isSignedBy(
  { alg, kty, crv, x, y }: Key,
  text: string,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const algorithm = algorithms[alg];
  if (!algorithm) return false;
  const jwk = { kty, crv, x, ...(y !== undefined && { y }) };
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  return crypto.subtle.verify(algorithm, key, signature, new TextEncoder().encode(text));
}

/** What a compact JWS says, whoever signed it. */
export interface SignedText {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: unknown;
  /** Whether this key signed it, which the header names by its id. */
  readonly isBy: (key: Key) => Promise<boolean>;
}

/** @throws if it is none */
export function readSigned(jws: string): SignedText {
  const [header = '', payload = '', signature = '', ...rest] = jws.split('.');
  const bytes = fromBase64Url(signature);
  // The last character of a part may have bits that mean nothing.
  if (rest.length > 0 || toBase64Url(bytes.buffer) !== signature) throw new Error('no JWS');
  const parse = (part: string): unknown =>
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(part)));
  const said = parse(header) as Record<string, unknown>;
  return {
    header: said,
    payload: parse(payload),
    isBy: async (key) =>
      said['alg'] === key.alg &&
      said['kid'] === key.kid &&
      (await isSignedBy(key, `${header}.${payload}`, bytes)),
  };
}
