import { z } from 'zod';
import type { KeyStore } from '../../identity/keys/key-store.js';
import { parseJson, readStatement, StatementError } from '../evidence/signed-statement.js';
import { ManifestError, type ManifestCode } from './manifest-error.js';
import { manifestSchema, manifestType, mostManifestBytes, type Manifest } from './manifest.js';

export interface VerifyManifestOptions {
  /** The code of the partner whose manifest it must be. */
  readonly partner: string;
  /** The registered public keys. */
  readonly keys: Pick<KeyStore, 'signingKeysOf'>;
}

const fileSchema = z.strictObject({ manifest: z.string().min(1) });

/**
 * Verifies a published manifest: signed with a registered key of the partner, issued by the
 * partner, and of the one accepted form. It does not compare the sequence with an earlier one.
 * @param file the bytes that the partner published
 * @throws {@link ManifestError} with the code and, in words for the partner, what is wrong
 */
export async function verifyManifest(
  file: Uint8Array | string,
  { partner, keys }: VerifyManifestOptions,
): Promise<Manifest> {
  if (Buffer.byteLength(file) > mostManifestBytes) {
    refuse('MANIFEST_INVALID', `The file has more than ${mostManifestBytes} bytes.`);
  }
  const found = fileSchema.safeParse(parseJson(file));
  if (!found.success) {
    return refuse('MANIFEST_UNSIGNED', 'The file must be {"manifest": "<compact JWS>"}.');
  }
  const manifest = await read(found.data.manifest, { partner, keys });
  if (manifest.issuer !== partner) {
    refuse('MANIFEST_FOREIGN', `The issuer is ${manifest.issuer}, and must be ${partner}.`);
  }
  return manifest;
}

async function read(
  jws: string,
  { partner: issuer, keys }: VerifyManifestOptions,
): Promise<Manifest> {
  try {
    return await readStatement(jws, { type: manifestType, issuer, keys, form: manifestSchema });
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    return refuse(`MANIFEST_${error.code}`, `The manifest: ${error.message}`);
  }
}

function refuse(code: ManifestCode, message: string): never {
  throw new ManifestError(code, message);
}
