import type { JWK } from 'jose';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { KeyStore } from '../../identity/keys/key-store.js';
import { digestOf } from '../../system/digest.js';
import { hashSchema } from './chained-lines.js';
import type { RecordEnd } from './signed-response.js';
import { parseJson, readStatement, signStatement } from './signed-statement.js';

/** The type in the header of a signed head. */
const headType = 'hub-head+jwt';

/** The path at the hub to which a partner sends its signed head: `{"head": "…"}`. */
export const handInPath = '/registry/head';
/** The path at which the hub publishes all heads, for everybody. */
export const headsPath = '/.well-known/hub-heads.jsonl';
/** How many lines one response has. `?from=N` begins with line N. */
export const mostHeadLines = 1_000;

const said = {
  /** The partner’s code. */
  issuer: z.string().min(1).max(32),
  /** When it was signed, in UTC. */
  at: z.iso.datetime(),
  /** The end of all partners’ heads, as this partner has verified and kept them. */
  seen: z.strictObject({ sequence: z.int().min(0), hash: hashSchema }),
};

const end = {
  /** How many links its record has had, archived ones included. */
  links: z.int().min(0),
  /** The hash of the last link, in hexadecimal. */
  hash: hashSchema,
};

const headSchema = z.discriminatedUnion('form', [
  z.strictObject({ form: z.literal(1), ...said, ...end }),
  /** `end` is the commitment to the end: everybody may read a head, and nobody how busy a partner is. */
  z.strictObject({ form: z.literal(2), ...said, end: hashSchema }),
]);

/** The end of a partner’s record of reads and changes on one day, as it says itself. */
export type DailyHead = Readonly<z.output<typeof headSchema>>;

export const openingSchema = z.strictObject({ ...end, salt: hashSchema });

/** What a commitment hides. Its partner has it, the hub, and whoever gets it from them. */
export type Opening = Readonly<z.output<typeof openingSchema>>;

/** An opening of this end, which nobody can guess. */
export const makeOpening = ({ links, hash }: RecordEnd): Opening => ({
  links,
  hash,
  salt: randomBytes(32).toString('hex'),
});

/** The commitment to an end: the SHA-256 of the JSON `[salt, links, hash]`. No other opening has it. */
export const commitToEnd = ({ salt, links, hash }: Opening): string =>
  digestOf(JSON.stringify([salt, links, hash]));

/** Openings by their commitments. */
export type Openings = ReadonlyMap<string, Opening>;

export const indexOpenings = (openings: readonly Opening[]): Openings =>
  new Map(openings.map((opening) => [commitToEnd(opening), opening]));

/** Reads openings, one a line. Lines that are none are left out. */
export const readOpenings = (lines: readonly string[]): Openings =>
  indexOpenings(lines.flatMap((line) => openingSchema.safeParse(parseJson(line)).data ?? []));

/** A head with the end of the record, if it is known. */
export type KnownHead = Pick<DailyHead, 'at' | 'seen'> & Partial<RecordEnd>;

/** Opens a head, if it has form 2 and there is an opening for it. */
export function openHead(head: DailyHead, openings: Openings): KnownHead {
  const { at, seen } = head;
  const { links, hash } = head.form === 1 ? head : (openings.get(head.end) ?? {});
  return { at, seen, ...(links !== undefined && { links, hash }) };
}

/** The day of a head, in UTC: `2026-11-26`. */
export const dayOf = ({ at }: Pick<DailyHead, 'at'>): string =>
  new Date(at).toISOString().slice(0, 10);

/** Signs a head with the partner’s private key. */
export const signHead = (head: DailyHead, key: JWK): Promise<string> =>
  signStatement(headSchema.parse(head), headType, key);

/**
 * Verifies a signed head of a partner.
 * @throws `StatementError`
 */
export const readDailyHead = (
  statement: string,
  issuer: string,
  keys: Pick<KeyStore, 'signingKeysOf'>,
): Promise<DailyHead> =>
  readStatement(statement, {
    type: headType,
    issuer,
    keys,
    form: headSchema.refine((head) => head.issuer === issuer, `issuer must be ${issuer}`),
  });
