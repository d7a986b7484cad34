/** Why the file does not hold, at its first line that does not. */
type Fault = 'unreadable' | 'missing' | 'changed' | 'unsigned' | 'older' | 'forked';

interface Signer {
  readonly partner: string;
  readonly heads: number;
  /** When its last head was signed. Undefined if its record began anew, and it has signed none since. */
  readonly lastAt: string | undefined;
  /** Why its record began anew, each time. */
  readonly resets: readonly string[];
  /** The thumbprints (RFC 7638) of the keys that its lines name. */
  readonly fingerprints: readonly string[];
}

export type HeadsReport =
  | {
      readonly isWhole: true;
      readonly lines: number;
      /** Of the last line. */
      readonly hash: string;
      readonly signers: readonly Signer[];
    }
  | { readonly isWhole: false; readonly line: number; readonly fault: Fault };

class Broken extends Error {
  constructor(readonly fault: Fault) {
    super(fault);
  }
}

function ensure(isTrue: boolean, fault: Fault): void {
  if (!isTrue) throw new Broken(fault);
}

const toHex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const toBase64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCodePoint(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));

const digest = (text: string): Promise<ArrayBuffer> =>
  crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));

type Key = Readonly<Record<'kty' | 'crv' | 'x' | 'kid' | 'alg', string>> & { readonly y?: string };

interface Line {
  readonly sequence: number;
  readonly at: string;
  readonly event: string;
  readonly details: {
    readonly partner?: unknown;
    readonly statement?: unknown;
    readonly key?: Key;
    readonly reason?: unknown;
  };
  readonly previous: string;
  readonly hash: string;
}

interface Head {
  readonly form: unknown;
  readonly issuer: unknown;
  readonly at: string;
  readonly seen: { readonly sequence: number; readonly hash: string };
}

const algorithms: Readonly<Record<string, AlgorithmIdentifier & EcKeyImportParams & EcdsaParams>> =
  {
    EdDSA: { name: 'Ed25519', namedCurve: '', hash: '' },
    ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  };

/** The members of the key that count, in the order of RFC 7638. */
const thumbprintOf = async ({ crv, kty, x, y }: Key): Promise<string> =>
  toBase64Url(await digest(JSON.stringify({ crv, kty, x, ...(y !== undefined && { y }) })));

async function readHead(statement: string, partner: string, key: Key): Promise<Head> {
  const [header = '', payload = '', signature = '', ...rest] = statement.split('.');
  ensure(rest.length === 0, 'unsigned');
  const text = (part: string) =>
    new TextDecoder('utf-8', { fatal: true }).decode(fromBase64Url(part));
  const { alg, kid, typ, ...others } = JSON.parse(text(header)) as Record<string, unknown>;
  const isExpected = alg === key.alg && kid === key.kid && typ === 'hub-head+jwt';
  ensure(isExpected && Object.keys(others).length === 0, 'unsigned');
  const algorithm = algorithms[key.alg];
  if (!algorithm) throw new Broken('unsigned');
  const { kty, crv, x, y } = key;
  const jwk = { kty, crv, x, ...(y !== undefined && { y }) };
  const imported = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  const isSigned = await crypto.subtle.verify(
    algorithm,
    imported,
    fromBase64Url(signature),
    signed,
  );
  ensure(isSigned, 'unsigned');
  const head = JSON.parse(text(payload)) as Head;
  ensure(head.issuer === partner && (head.form === 1 || head.form === 2), 'unsigned');
  return head;
}

/** A line that continues the file after a hash. */
async function readLine(text: string, sequence: number, previous: string): Promise<Line> {
  let line: Line;
  try {
    line = JSON.parse(text) as Line;
  } catch {
    throw new Broken('unreadable');
  }
  // Members in another order, or spaces, would be other bytes with the same hash.
  const { at, event, details, hash } = line;
  const said = { sequence: line.sequence, at, event, details, previous: line.previous, hash };
  ensure(JSON.stringify(said) === text, 'unreadable');
  ensure(line.sequence === sequence && line.previous === previous, 'missing');
  const expected = toHex(await digest(JSON.stringify([previous, sequence, at, event, details])));
  ensure(expected === hash, 'changed');
  return line;
}

type Known = { -readonly [Name in keyof Signer]: Signer[Name] };

/**
 * Verifies the published file of all heads as far as anybody can without keys of her own: that no line
 * is missing or changed, that each head is signed with the key that its line names, that heads of an
 * organisation go on in time, and that what each signer has seen of the file is still in it.
 * `hub heads verify` also compares the keys with the registered ones, and opens the ends.
 */
export async function verifyHeads(lines: readonly string[]): Promise<HeadsReport> {
  const signers = new Map<string, Known>();
  const hashes = ['0'.repeat(64)];
  for (const [index, text] of lines.entries()) {
    try {
      const { details, event, hash } = await readLine(text, index + 1, hashes[index] ?? '');
      const partner = String(details.partner);
      const none: Known = { partner, heads: 0, lastAt: undefined, resets: [], fingerprints: [] };
      const own = signers.get(partner) ?? none;
      signers.set(partner, own);
      if (event === 'RESET') {
        own.lastAt = undefined;
        own.resets = [...own.resets, String(details.reason)];
      } else {
        const { statement, key } = details;
        if (event !== 'HEAD' || typeof statement !== 'string' || !key)
          throw new Broken('unreadable');
        const { at, seen } = await readHead(statement, partner, key);
        ensure(own.lastAt === undefined || Date.parse(at) >= Date.parse(own.lastAt), 'older');
        ensure(hashes[seen.sequence] === seen.hash, 'forked');
        own.heads += 1;
        own.lastAt = at;
        own.fingerprints = [...new Set([...own.fingerprints, await thumbprintOf(key)])];
      }
      hashes.push(hash);
    } catch (error) {
      // What cannot be decoded or imported is no signature.
      const fault = error instanceof Broken ? error.fault : 'unsigned';
      return { isWhole: false, line: index + 1, fault };
    }
  }
  const hash = hashes.at(-1) ?? '';
  return { isWhole: true, lines: lines.length, hash, signers: [...signers.values()] };
}
