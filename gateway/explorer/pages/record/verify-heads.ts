import { digest, readSigned, thumbprintOf, toHex, type Key } from './signed-text.ts';

/** Why the file does not hold, at its first line that does not. */
type Fault = 'unreadable' | 'missing' | 'changed' | 'unsigned' | 'older' | 'forked';

interface Signer {
  readonly partner: string;
  readonly heads: number;
  /** When its last head was signed. Undefined if its record began anew, and it has signed none since. */
  readonly lastAt: string | undefined;
  /** Why its record began anew, each time. */
  readonly resets: readonly string[];
  /** The keys that its lines name, by their thumbprints (RFC 7638). */
  readonly keys: ReadonlyMap<string, Key>;
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

/** The end of a record: open in form 1, and hidden by a commitment in form 2. */
interface Head {
  readonly form: 1 | 2;
  readonly issuer: unknown;
  readonly at: string;
  readonly links?: number;
  readonly hash?: string;
  readonly end?: string;
  readonly seen: { readonly sequence: number; readonly hash: string };
}

interface SignedHead {
  readonly partner: string;
  readonly key: Key;
  readonly head: Head;
}

async function readHead(
  event: string,
  partner: string,
  { statement, key }: Line['details'],
): Promise<SignedHead> {
  if (event !== 'HEAD' || typeof statement !== 'string' || !key) throw new Broken('unreadable');
  const { header, payload, isBy } = readSigned(statement);
  const { alg: _, kid: __, typ, ...others } = header;
  ensure(typ === 'hub-head+jwt' && Object.keys(others).length === 0, 'unsigned');
  ensure(await isBy(key), 'unsigned');
  const head = payload as Head;
  ensure(head.issuer === partner && (head.form === 1 || head.form === 2), 'unsigned');
  return { partner, key, head };
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

/**
 * A line without those before it, whose head is signed with the key that it names.
 * @throws if it does not hold
 */
export async function readLoneHead(text: string): Promise<SignedHead> {
  const { sequence, previous } = JSON.parse(text) as Line;
  const { event, details } = await readLine(text, sequence, previous);
  return readHead(event, String(details.partner), details);
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
      const none: Known = { partner, heads: 0, lastAt: undefined, resets: [], keys: new Map() };
      const own = signers.get(partner) ?? none;
      signers.set(partner, own);
      if (event === 'RESET') {
        own.lastAt = undefined;
        own.resets = [...own.resets, String(details.reason)];
      } else {
        const { key, head } = await readHead(event, partner, details);
        const { at, seen } = head;
        ensure(own.lastAt === undefined || Date.parse(at) >= Date.parse(own.lastAt), 'older');
        ensure(hashes[seen.sequence] === seen.hash, 'forked');
        own.heads += 1;
        own.lastAt = at;
        own.keys = new Map(own.keys).set(await thumbprintOf(key), key);
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
