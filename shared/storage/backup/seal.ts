import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { createOwnKeys } from '../../identity/keys/own-keys.js';
import {
  readStatement,
  signStatement,
  StatementError,
} from '../../records/evidence/signed-statement.js';
import { hashForm } from '../../system/digest.js';
import { replaceFile } from '../../system/place-file.js';
import { BackUpError } from './back-up-error.js';

/** The type in the header of a seal. */
const sealType = 'hub-back-up+jwt';

const sealForm = z.strictObject({
  form: z.literal(1),
  partner: z.string(),
  /** When the back-up was sealed. */
  at: z.iso.datetime(),
  /** The hash of all bytes of the back-up. */
  sha256: z.string().regex(hashForm),
});

/** The partner that seals its back-ups. */
export interface Sealer {
  readonly partner: string;
  /** The file of its private keys. */
  readonly privateKeys: string;
}

/** The file beside a back-up that has its hash, signed by its partner. */
const sealOf = (file: string): string => `${file}.seal`;

const keysOf = ({ partner, privateKeys }: Sealer) => createOwnKeys({ code: partner, privateKeys });

/**
 * Opens the key that seals, before anything is written.
 * @returns a function that seals a back-up
 */
export async function openSealer(
  sealer: Sealer,
): Promise<(file: string, at: Date) => Promise<void>> {
  const { partner, privateKeys } = sealer;
  const [key] = await keysOf(sealer).signingKeysOf(partner);
  if (!key) {
    const reason = `A back-up is sealed with the key of ${partner}, and ${privateKeys} has none.`;
    throw new BackUpError(reason);
  }
  return async (file, at) => {
    const seal = { form: 1, partner, at: at.toISOString(), sha256: await hashFile(file) };
    const statement = await signStatement(sealForm.parse(seal), sealType, key);
    await replaceFile(sealOf(file), `${statement}\n`);
  };
}

/**
 * Compares a back-up with its seal.
 * @returns why nobody can tell whether the back-up was altered; undefined if it is as it was sealed
 * @throws {@link BackUpError} if it was altered
 */
export async function findUnsealed(file: string, sealer: Sealer): Promise<string | undefined> {
  const { partner } = sealer;
  const path = sealOf(file);
  if (!existsSync(path))
    return `${path} is missing. It has the hash of the back-up, signed by ${partner}. Copy it together with the back-up. Back-ups of earlier versions have none`;
  try {
    const { sha256 } = await readStatement((await readFile(path, 'utf8')).trim(), {
      type: sealType,
      issuer: partner,
      keys: keysOf(sealer),
      form: sealForm.refine((seal) => seal.partner === partner, `partner must be ${partner}`),
    });
    if (sha256 === (await hashFile(file))) return undefined;
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return `${path} is not signed with a present key of ${partner}: ${error.message}`;
  }
  throw new BackUpError(`${file} was altered: its hash is not the one in ${path}.`);
}

async function hashFile(file: string): Promise<string> {
  const sum = createHash('sha256');
  await pipeline(createReadStream(file), sum);
  return sum.digest('hex');
}
