import type { JWK } from 'jose';
import { z } from 'zod';
import type { KeyStore } from '../../identity/keys/key-store.js';
import { readStatement, signStatement } from './signed-statement.js';

/** The type in the header of a signed part. */
const partType = 'hub-person-file+jwt';

/** The most readings in one part. The newest are there. */
export const mostReadings = 10_000;

const readingSchema = z.strictObject({
  at: z.string(),
  organisation: z.string(),
  role: z.string(),
  client: z.string().nullable(),
  purpose: z.string().nullable(),
  purposeNote: z.string().nullable(),
  type: z.string(),
  fields: z.array(z.string()),
  wasRefused: z.boolean(),
});

const partSchema = z.strictObject({
  form: z.literal(1),
  /** The code of the organisation that holds this. */
  issuer: z.string().min(1).max(32),
  /** The id of the person whom it is about. */
  person: z.string().min(1).max(256),
  /** When it was read, by the clock of its owner. */
  at: z.iso.datetime(),
  /** Whole rows of the owner’s tables. */
  rows: z.array(z.strictObject({ table: z.string(), columns: z.record(z.string(), z.unknown()) })),
  /** What the owner recorded, the newest first. */
  readings: z.array(readingSchema).max(mostReadings),
  hasMoreReadings: z.boolean(),
  /** Since then the record can tell whom a reading was about. Null if it never could. */
  readingsToldSince: z.string().nullable(),
});

/** All that one organisation holds about one person. */
export type Part = Readonly<z.output<typeof partSchema>>;

/** Signs a part with its owner’s private key. */
export const signPart = (part: Part, key: JWK): Promise<string> =>
  signStatement(partSchema.parse(part), partType, key);

/**
 * Verifies a signed part of an owner.
 * @throws `StatementError`
 */
export const readPart = (
  statement: string,
  { issuer, person }: Pick<Part, 'issuer' | 'person'>,
  keys: Pick<KeyStore, 'signingKeysOf'>,
): Promise<Part> =>
  readStatement(statement, {
    type: partType,
    issuer,
    keys,
    form: partSchema
      .refine((part) => part.issuer === issuer, `issuer must be ${issuer}`)
      .refine((part) => part.person === person, `person must be ${person}`),
  });
