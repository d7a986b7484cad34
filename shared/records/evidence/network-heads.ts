import { calculateJwkThumbprint, type JWK } from 'jose';
import { z } from 'zod';
import type { KeyStore } from '../../identity/keys/key-store.js';
import {
  BrokenLine,
  followLines,
  noLines,
  type ChainedLine,
  type ChainEnd,
} from './chained-lines.js';
import { openHead, readDailyHead, type KnownHead, type Openings } from './daily-head.js';
import { StatementError } from './signed-statement.js';

const publicKey = z.union([
  z.strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string(),
    kid: z.string(),
    alg: z.literal('EdDSA'),
  }),
  z.strictObject({
    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    x: z.string(),
    y: z.string(),
    kid: z.string(),
    alg: z.literal('ES256'),
  }),
]);

const headDetails = z.strictObject({
  partner: z.string(),
  statement: z.string(),
  /** The key that signed it, so that the file can be verified when the key has been replaced. */
  key: publicKey,
});
const resetDetails = z.strictObject({ partner: z.string(), reason: z.string() });

/** What a line of the file of all heads says. */
export type HeadDetails = z.output<typeof headDetails>;

/** The public half of a signing key, as the file has it. */
export const describeKey = (key: JWK): HeadDetails['key'] =>
  publicKey.parse(
    key.kty === 'EC'
      ? { kty: key.kty, crv: key.crv, x: key.x, y: key.y, kid: key.kid, alg: 'ES256' }
      : { kty: key.kty, crv: key.crv, x: key.x, kid: key.kid, alg: 'EdDSA' },
  );

/** The partner of a line, and its head. Without a head, its record began anew: the hub says why. */
export interface HeadLine {
  readonly partner: string;
  readonly statement?: string;
  readonly reason?: string;
  readonly key?: HeadDetails['key'];
}

/** Reads a line without verifying it. Undefined if it has another form. */
export function readHeadLine({ event, details }: ChainedLine): HeadLine | undefined {
  if (event === 'HEAD') return headDetails.safeParse(details).data;
  return event === 'RESET' ? resetDetails.safeParse(details).data : undefined;
}

/** What the file says of one partner. */
interface PartnerHeads {
  readonly partner: string;
  readonly heads: number;
  /** How many of them hide an end for which there is no opening. */
  readonly unopened: number;
  /** The newest head. Undefined if its record began anew, and it has handed in none since. */
  readonly last: KnownHead | undefined;
  /** Why its record began anew, each time. */
  readonly resets: readonly string[];
  /** The thumbprints of the keys that are not registered any more. */
  readonly earlierKeys: readonly string[];
}

export interface HeadsReport {
  readonly end: ChainEnd;
  readonly partners: readonly PartnerHeads[];
}

export interface VerifyHeadsOptions {
  /** The registered public keys. */
  readonly keys: Pick<KeyStore, 'signingKeysOf'>;
  /** Thumbprints (RFC 7638) of keys that were registered before. */
  readonly earlierKeys?: readonly string[];
  /** Openings of heads of form 2. Only with them is it known that a record does not go back. @default none */
  readonly openings?: Openings;
}

/** Why a head cannot follow the one before. Undefined if it can. */
export function findRollback(
  head: Omit<KnownHead, 'seen'>,
  before: Omit<KnownHead, 'seen'> | undefined,
): string | undefined {
  if (!before) return undefined;
  const { links, hash } = before;
  if (links !== undefined && head.links !== undefined) {
    if (head.links < links) return `it has ${head.links} links, and had ${links}`;
    if (head.links === links && head.hash !== hash) return `link ${links} had another hash`;
  }
  return Date.parse(head.at) < Date.parse(before.at)
    ? 'it is older than the one before'
    : undefined;
}

type Known = { -readonly [Name in keyof PartnerHeads]: PartnerHeads[Name] } & {
  /** The newest head whose end is known. */
  opened: KnownHead | undefined;
  /** The first line of a head without an opening, since the record began anew. */
  firstUnopened: number;
  /** Whether an opening was given for one of its heads. */
  isOpened: boolean;
};

/** Of a record that begins. */
const nothingOpened = { firstUnopened: Infinity, isOpened: false };

const createKnown = (partner: string): Known => ({
  partner,
  heads: 0,
  unopened: 0,
  ...nothingOpened,
  last: undefined,
  opened: undefined,
  resets: [],
  earlierKeys: [],
});

/** @throws {@link BrokenLine} if an opening is missing, and there are others since the record began anew */
function refuseMissing({ partner, isOpened, firstUnopened }: Known): void {
  if (isOpened && firstUnopened < Infinity)
    throw new BrokenLine(
      firstUnopened,
      `there is no opening for this head of ${partner}, and there are for others`,
    );
}

function toPartnerHeads(known: Known): PartnerHeads {
  refuseMissing(known);
  const { opened: _, firstUnopened: __, isOpened: ___, ...own } = known;
  return own;
}

/**
 * Verifies the file of all heads, from its first line: its chain, each signature, that no record
 * goes back as far as it is known, and that what each partner has seen of the file is still in it.
 * An opening that is kept back could hide that a record went back, so all heads of a partner
 * between two resets must be opened, or none.
 * @throws {@link BrokenLine}
 */
export async function verifyHeads(
  lines: readonly string[],
  { keys, earlierKeys = [], openings = new Map() }: VerifyHeadsOptions,
): Promise<HeadsReport> {
  const known = new Map<string, Known>();
  const hashes = [noLines.hash];
  let end: ChainEnd = noLines;
  for (const line of followLines(lines)) {
    const { sequence, hash } = line;
    const broken = (reason: string): never => {
      throw new BrokenLine(sequence, reason);
    };
    const said = readHeadLine(line) ?? broken('it has another form');
    const { partner, statement, key, reason } = said;
    const own = known.get(partner) ?? createKnown(partner);
    known.set(partner, own);
    if (statement === undefined || key === undefined) {
      refuseMissing(own);
      Object.assign(own, { last: undefined, opened: undefined, ...nothingOpened });
      own.resets = [...own.resets, reason ?? ''];
    } else {
      const thumbprint = await calculateJwkThumbprint(key);
      const registered = await keys.signingKeysOf(partner);
      const prints = await Promise.all(registered.map((one) => calculateJwkThumbprint(one)));
      if (!prints.includes(thumbprint)) {
        if (!earlierKeys.includes(thumbprint))
          broken(`the key ${thumbprint} is not a registered one of ${partner}`);
        own.earlierKeys = [...new Set([...own.earlierKeys, thumbprint])];
      }
      const signed = await readDailyHead(statement, partner, {
        signingKeysOf: () => Promise.resolve([key]),
      }).catch((error: unknown) => {
        if (!(error instanceof StatementError)) throw error;
        return broken(error.message);
      });
      const head = openHead(signed, openings);
      const rollback = findRollback(head, own.last) ?? findRollback(head, own.opened);
      if (rollback !== undefined) broken(`the record of ${partner} goes back: ${rollback}`);
      if (hashes[head.seen.sequence] !== head.seen.hash)
        broken(`${partner} has seen another line ${head.seen.sequence}`);
      own.heads += 1;
      own.last = head;
      if (head.links === undefined) {
        own.unopened += 1;
        own.firstUnopened = Math.min(own.firstUnopened, sequence);
      } else {
        own.opened = head;
        own.isOpened ||= signed.form === 2;
      }
    }
    hashes.push(hash);
    end = { sequence, hash };
  }
  return { end, partners: [...known.values()].map(toPartnerHeads) };
}
