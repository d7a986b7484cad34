import { z } from 'zod';
import type { JWK, KeyStore } from '../identity/index.js';
import { hashSchema } from './chained-lines.js';
import { readStatement, signStatement } from './signed-statement.js';

/** The type in the header of a signed head. */
const headType = 'hub-head+jwt';

/** The path at the hub to which a partner sends its signed head: `{"head": "…"}`. */
export const handInPath = '/registry/head';
/** The path at which the hub publishes all heads, for everybody. */
export const headsPath = '/.well-known/hub-heads.jsonl';
/** How many lines one response has. `?from=N` begins with line N. */
export const mostHeadLines = 1_000;

const headSchema = z.strictObject({
  form: z.literal(1),
  /** The partner’s code. */
  issuer: z.string().min(1).max(32),
  /** When it was signed, in UTC. */
  at: z.iso.datetime(),
  /** How many links its record has had, archived ones included. */
  links: z.int().min(0),
  /** The hash of the last link, in hexadecimal. */
  hash: hashSchema,
  /** The end of all partners’ heads, as this partner has verified and kept them. */
  seen: z.strictObject({ sequence: z.int().min(0), hash: hashSchema }),
});

/** The end of a partner’s record of reads and changes on one day, as it says itself. */
export type DailyHead = Readonly<z.output<typeof headSchema>>;

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
