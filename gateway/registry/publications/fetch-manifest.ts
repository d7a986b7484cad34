import { ManifestError, manifestPath, mostManifestBytes } from '@hub/shared/records';
import { request, type Dispatcher } from 'undici';

export interface ManifestSource {
  /** The URL of the partner’s GraphQL endpoint, as the network file has it. */
  readonly url: string;
  readonly deadlineMs: number;
}

/** Reads a body up to a size. @throws ManifestError if it is larger */
async function readBody(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostManifestBytes) {
      throw new ManifestError('MANIFEST_INVALID', 'The file of the manifest is too large.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Fetches the file of a partner’s manifest, from beside its GraphQL endpoint. Redirects are not
 * followed.
 * @throws {@link ManifestError} `MANIFEST_UNREACHABLE` or `MANIFEST_INVALID`
 */
export async function fetchManifest(
  { url, deadlineMs }: ManifestSource,
  { dispatcher, signal }: { readonly dispatcher: Dispatcher; readonly signal: AbortSignal },
): Promise<Buffer> {
  try {
    const response = await request(new URL(manifestPath.slice(1), url), {
      dispatcher,
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
      headers: { accept: 'application/json' },
    });
    if (response.statusCode !== 200) {
      await response.body.dump();
      const message = `The partner returned the HTTP status ${response.statusCode}.`;
      throw new ManifestError('MANIFEST_UNREACHABLE', message);
    }
    return await readBody(response.body as AsyncIterable<Uint8Array>);
  } catch (error) {
    if (error instanceof ManifestError) throw error;
    const { code, name, message } = error as NodeJS.ErrnoException;
    const reason = name === 'TimeoutError' ? 'no response in time' : (code ?? message);
    throw new ManifestError('MANIFEST_UNREACHABLE', `The partner cannot be reached: ${reason}.`);
  }
}
