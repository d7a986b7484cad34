import type { JWK } from 'jose';
import { describeIssues, signStatement } from '../evidence/signed-statement.js';
import { ManifestError } from './manifest-error.js';
import { manifestSchema, manifestType, mostManifestBytes, type Manifest } from './manifest.js';

/**
 * Signs a manifest, and returns the text of the file that the partner publishes.
 * @param key the partner’s private signing key
 * @throws {@link ManifestError} `MANIFEST_INVALID` if others would refuse the manifest
 */
export async function signManifest(manifest: Manifest, key: JWK): Promise<string> {
  const parsed = manifestSchema.safeParse(manifest);
  if (!parsed.success) {
    throw new ManifestError(
      'MANIFEST_INVALID',
      `The manifest is invalid: ${describeIssues(parsed.error)}`,
    );
  }
  const jws = await signStatement(parsed.data, manifestType, key);
  const file = `${JSON.stringify({ manifest: jws })}\n`;
  if (Buffer.byteLength(file) > mostManifestBytes) {
    throw new ManifestError('MANIFEST_INVALID', 'The file of the manifest is too large.');
  }
  return file;
}
