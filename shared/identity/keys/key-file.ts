import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { randomUUID } from 'node:crypto';
import { chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeFolder } from '../../system/disk.js';
import { placeFile } from '../../system/place-file.js';
import { UserError } from '../../system/user-error.js';

/** Keys that cannot be read. The message names the file, never a key. */
export class KeyFileError extends UserError {
  override readonly name = 'KeyFileError';
}

/**
 * An organisation’s keys as a JSON Web Key Set: `use: sig` for signing (EdDSA or ES256), `use: enc`
 * for key agreement (X25519).
 */
export interface KeySet {
  readonly keys: readonly JWK[];
}

const keySet = z.object({
  keys: z
    .array(
      z.looseObject({
        kty: z.string(),
        kid: z.string().optional(),
        use: z.string().optional(),
        alg: z.string().optional(),
      }),
    )
    .min(1),
});

/** The files of an organisation’s keys in a folder: its private keys, and its public keys. */
export function keyFilesOf(
  folder: string,
  code: string,
): { readonly private: string; readonly public: string } {
  return {
    private: join(folder, `${code}.private.json`),
    public: join(folder, `${code}.public.json`),
  };
}

/** The largest file of keys, in KiB. While keys are replaced, it has four of 200 bytes. */
const largestKiB = 64;

/**
 * Reads a file of keys.
 * @throws {@link KeyFileError} if it is missing, too large or not a key set
 */
export async function readKeyFile(path: string): Promise<KeySet> {
  let text: string;
  try {
    // A device or a pipe may have no end.
    const found = await stat(path);
    if (!found.isFile()) throw new Error('It is not a file.');
    if (found.size > largestKiB * 1_024)
      throw new KeyFileError(
        `${path} is larger than ${largestKiB} KiB, so it is not a file of keys.`,
      );
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof KeyFileError) throw error;
    throw new KeyFileError(`The keys in ${path} cannot be read.`, { cause: error });
  }
  try {
    return keySet.parse(JSON.parse(text)) as KeySet;
  } catch {
    throw new KeyFileError(`${path} is not a JSON Web Key Set.`);
  }
}

/**
 * Creates an organisation’s keys for signing (Ed25519) and key agreement (X25519), unless they
 * exist. Only the owner can read the private keys. Safe for processes that start at the same time.
 * @throws {@link KeyFileError} `PRIVATE_KEYS_MISSING` if only the public keys exist: others know
 * those, and new private keys would not match them
 */
export async function ensureKeyFiles(folder: string, code: string): Promise<void> {
  const files = keyFilesOf(folder, code);
  makeFolder(folder);
  const { hasPublic, hasPrivate } = await findHalves(files);
  if (hasPublic && !hasPrivate) {
    throw new KeyFileError(
      `PRIVATE_KEYS_MISSING: ${files.private} is missing, and its public keys are in ${files.public}. ` +
        `Restore it from a back-up. If it is lost, remove ${files.public} too. The next start creates new keys. ` +
        `Then send the new public keys to everybody who has the old ones.`,
    );
  }
  await writeOnce(files.private, createKeySet);
  // Read from disk, because another process may have been first.
  const { keys } = await readKeyFile(files.private);
  await writeOnce(files.public, async () => ({ keys: keys.map(withoutPrivateParts) }), 0o644);
}

/**
 * Like {@link ensureKeyFiles}, but only if both halves are missing. Only the owner may complete
 * half a pair.
 */
export async function ensureFirstKeyFiles(folder: string, code: string): Promise<void> {
  const { hasPublic, hasPrivate } = await findHalves(keyFilesOf(folder, code));
  if (!hasPublic && !hasPrivate) await ensureKeyFiles(folder, code);
}

/**
 * Finds which halves of a pair exist. The public one is checked first and created last, so a
 * process that creates keys meanwhile is never taken for one that lost its private keys.
 */
async function findHalves(files: { readonly private: string; readonly public: string }) {
  const hasPublic = await exists(files.public);
  return { hasPublic, hasPrivate: await exists(files.private) };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** New keys for signing and for key agreement. */
export async function createKeySet(): Promise<KeySet> {
  const pairs = await Promise.all([
    generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true }),
    generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true }),
  ]);
  const [signing, agreement] = await Promise.all(
    pairs.map(({ privateKey }) => exportJWK(privateKey)),
  );
  if (!signing || !agreement) throw new Error('No keys could be created.');
  return {
    keys: [
      { ...signing, kid: await calculateJwkThumbprint(signing), use: 'sig', alg: 'EdDSA' },
      { ...agreement, kid: await calculateJwkThumbprint(agreement), use: 'enc' },
    ],
  };
}

/** The public half of a key. */
export function withoutPrivateParts({ kty, crv, x, y, kid, use, alg }: JWK): JWK {
  return { kty, crv, x, ...(y && { y }), kid, use, ...(alg && { alg }) };
}

/** A file appears atomically, and the first of several writers wins. */
async function writeOnce(path: string, create: () => Promise<KeySet>, mode = 0o600): Promise<void> {
  if (await readKeyFile(path).then(() => true, isMissing)) return;
  const draft = join(dirname(path), `.${randomUUID()}.tmp`);
  try {
    await writeFile(draft, `${JSON.stringify(await create(), null, 2)}\n`, {
      mode,
      flag: 'wx',
      flush: true,
    });
    await chmod(draft, mode);
    await placeFile(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
}

/** An existing file that is not a key set is not replaced: it may be all that is left of a key. */
function isMissing(error: unknown): false {
  const cause =
    error instanceof KeyFileError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  if (cause?.code === 'ENOENT') return false;
  throw error;
}
