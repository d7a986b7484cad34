import type { KeyStore } from '@hub/shared/identity';
import { type Manifest, verifyManifest } from '@hub/shared/records';
import type { TlsSettings } from '@hub/shared/system';
import { fetchManifest } from '../../registry/publications/fetch-manifest.js';
import { openAgent } from '../tls-fetch.js';

/**
 * Fetches what a running partner publishes, and verifies that its keys have signed it.
 * @throws `ManifestError`
 */
export async function readManifest(
  {
    code,
    url,
    deadlineMs,
    certificateFiles,
  }: {
    readonly code: string;
    readonly url: string;
    readonly deadlineMs: number;
    readonly certificateFiles: TlsSettings;
  },
  keys: KeyStore,
): Promise<Manifest> {
  const agent = openAgent(certificateFiles);
  try {
    const { signal } = new AbortController();
    const file = await fetchManifest({ url, deadlineMs }, { dispatcher: agent, signal });
    return await verifyManifest(file, { partner: code, keys });
  } finally {
    await agent.destroy();
  }
}
