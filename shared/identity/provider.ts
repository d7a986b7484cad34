import {
  createRemoteJWKSet,
  customFetch,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from 'jose';
import { z } from 'zod';
import { HubError } from '../errors/index.js';

/** An organisation’s OpenID Connect provider: whose tokens it signs, and with what. */
export interface Provider {
  /** The code of the only organisation for which its tokens count. */
  readonly organisation: string;
  /** @throws HubError `UNAUTHENTICATED` where the provider has no such key, or is away. */
  readonly keyFor: JWTVerifyGetKey;
}

export interface ProvidersOptions {
  /** The issuer URL of each organisation that has a provider, by its code. */
  readonly issuers: ReadonlyMap<string, string>;
  /** For one request to a provider. @default 3000 */
  readonly timeoutMs?: number;
  /** How long a provider is not asked again, after keys were fetched or could not be. @default 5000 */
  readonly cooldownMs?: number;
  /** How long fetched keys count without a look: so long a revoked one may be accepted. @default 300000 */
  readonly maxAgeMs?: number;
}

const longestAnswer = 1_000_000;

/** A provider’s addresses: encrypted, unless it is on this very machine. */
export function isProviderUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, search, hash } = new URL(text);
  const isLoopback = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (
    (protocol === 'https:' || (protocol === 'http:' && isLoopback)) &&
    `${username}${search}${hash}` === ''
  );
}

const discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.string().refine((text) => URL.canParse(text)),
});

/** Finds the provider of an issuer. One that is not registered is never asked. */
export type Providers = (issuer: string) => Provider | undefined;

/** Builds the registered providers. They are asked when their first token comes. */
export function createProviders({ issuers, ...times }: ProvidersOptions): Providers {
  const providers = new Map(
    [...issuers].map(([organisation, issuer]) => [
      issuer,
      { organisation, keyFor: createKeyFor(issuer, times) },
    ]),
  );
  return (issuer) => providers.get(issuer);
}

function createKeyFor(
  issuer: string,
  { timeoutMs = 3_000, cooldownMs = 5_000, maxAgeMs = 300_000 }: Omit<ProvidersOptions, 'issuers'>,
): JWTVerifyGetKey {
  const fetchOnce = createFetch(cooldownMs);
  let known: ReturnType<typeof createRemoteJWKSet> | undefined;
  let looking: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;

  const discover = async () => {
    const response = await fetchOnce(
      `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
      {
        headers: new Headers({ accept: 'application/json' }),
        method: 'GET',
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      },
    );
    const found = discovery.parse(await response.json());
    if (found.issuer !== issuer || !isJwksUrl(found.jwks_uri))
      throw new HubError('UNAUTHENTICATED');
    const keys = createRemoteJWKSet(new URL(found.jwks_uri), {
      timeoutDuration: timeoutMs,
      cooldownDuration: cooldownMs,
      cacheMaxAge: maxAgeMs,
      [customFetch]: fetchOnce,
    });
    await keys.reload();
    return keys;
  };

  return async (header, token) => {
    try {
      if (!known?.fresh) {
        looking ??= discover().finally(() => (looking = undefined));
        known = await looking;
      }
      return await known(header, token);
    } catch {
      // Whatever a provider does, or does not: its tokens cannot be verified.
      throw new HubError('UNAUTHENTICATED');
    }
  };
}

function isJwksUrl(text: string): boolean {
  const url = new URL(text);
  url.search = '';
  return isProviderUrl(url.href);
}

/** A provider that failed is left alone for a while, so that tokens in its name cannot be turned into requests to it. */
function createFetch(cooldownMs: number): FetchImplementation {
  let failedAt = -Infinity;
  return async (url, options) => {
    if (performance.now() - failedAt < cooldownMs) throw new HubError('UNAUTHENTICATED');
    try {
      const response = await fetch(url, options);
      if (response.status !== 200 || !response.body) throw new Error('no answer');
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of response.body) {
        bytes += (chunk as Uint8Array).length;
        if (bytes > longestAnswer) throw new Error('too long');
        chunks.push(chunk as Uint8Array);
      }
      return Response.json(JSON.parse(Buffer.concat(chunks).toString('utf8')));
    } catch (error) {
      failedAt = performance.now();
      throw error;
    }
  };
}
