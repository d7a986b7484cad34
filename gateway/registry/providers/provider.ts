import { HubError } from '@hub/shared/errors';
import { type tokens } from '@hub/shared/identity';
import { readBounded } from '@hub/shared/system';
import { createRemoteJWKSet, customFetch, type FetchImplementation } from 'jose';
import { z } from 'zod';

export interface ProvidersOptions {
  /** The issuer URL of each organisation that has a provider, by its code. */
  readonly issuers: ReadonlyMap<string, string>;
  /** For one request to a provider. @default 3000 */
  readonly timeoutMs?: number;
  /** How long a provider gets no further request after a successful or failed one. @default 5000 */
  readonly cooldownMs?: number;
  /**
   * How long fetched keys are valid. For that long, a revoked key may be accepted. @default 300000
   */
  readonly maxAgeMs?: number;
}

/** Of an OpenID Connect provider, in bytes. None needs more. */
export const longestProviderResponse = 1_000_000;

/** A provider’s URL must be encrypted, unless it is on this machine. */
export function isProviderUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, search, hash } = new URL(text);
  return (
    (protocol === 'https:' || (protocol === 'http:' && isLoopback(text))) &&
    `${username}${search}${hash}` === ''
  );
}

const isLoopback = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

/** Creates the registered providers. Each gets its first request with its first token. */
export function createProviders({ issuers, ...times }: ProvidersOptions): tokens.Providers {
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
): tokens.Provider['keyFor'] {
  const fetchOnce = createFetch(cooldownMs);
  const discovery = z.object({
    issuer: z.literal(issuer),
    jwks_uri: z.string().refine((url) => isJwksUrl(url, issuer)),
  });
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
    const { jwks_uri } = discovery.parse(await response.json());
    const keys = createRemoteJWKSet(new URL(jwks_uri), {
      timeoutDuration: timeoutMs,
      cooldownDuration: cooldownMs,
      cacheMaxAge: maxAgeMs,
      [customFetch]: fetchOnce,
    });
    await keys.reload();
    return keys;
  };

  return async (header) => {
    try {
      if (!known?.fresh) {
        looking ??= discover().finally(() => (looking = undefined));
        known = await looking;
      }
      return await known(header);
    } catch {
      // Whatever fails in the provider, its tokens cannot be verified.
      throw new HubError('UNAUTHENTICATED');
    }
  };
}

/** Only a provider on this machine may send the hub to another place on this machine. */
export function isJwksUrl(text: string, issuer: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  url.search = '';
  return isProviderUrl(url.href) && (isLoopback(issuer) || !isLoopback(text));
}

/**
 * A failed provider gets no request for a while, so that tokens in its name cannot cause many
 * requests to it.
 */
function createFetch(cooldownMs: number): FetchImplementation {
  let failedAt = -Infinity;
  return async (url, options) => {
    if (performance.now() - failedAt < cooldownMs) throw new HubError('UNAUTHENTICATED');
    try {
      const response = await fetch(url, options);
      if (response.status !== 200 || !response.body) throw new Error('no answer');
      const body = await readBounded(response, longestProviderResponse);
      return Response.json(JSON.parse(body.toString('utf8')));
    } catch (error) {
      failedAt = performance.now();
      throw error;
    }
  };
}
