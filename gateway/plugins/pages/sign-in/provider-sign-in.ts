import { HubError } from '@hub/shared/errors';
import type { Logger } from '@hub/shared/system';
import { readBounded } from '@hub/shared/system';
import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { longestProviderResponse } from '../../../registry/providers/provider.js';
import type { Renewal } from '../../../server/security/sessions.js';

/** An OpenID Connect provider with which the hub’s pages are registered. */
export interface RegisteredProvider {
  readonly issuer: string;
  /** The id of the pages at the provider: a public client, which has no secret. */
  readonly clientId: string;
}

/** Where a browser goes to sign in. */
interface ProviderEntry {
  readonly authorizationEndpoint: string;
  readonly clientId: string;
  readonly scope: string;
}

/** What a provider gives. */
interface Granted {
  readonly token: string;
  /** What makes the next token. @default the provider gives none */
  readonly renewal?: Renewal;
}

/** Signs people in with the provider of their organisation. */
export interface ProviderSignIn {
  /** @throws HubError `NOT_FOUND`, `PARTNER_UNAVAILABLE` */
  describe(organisation: string): Promise<ProviderEntry>;
  /**
   * Exchanges the provider’s code for a token.
   * @throws HubError `BAD_USER_INPUT`, `NOT_FOUND`, `UNAUTHENTICATED`, `PARTNER_UNAVAILABLE`
   */
  exchange(sent: unknown): Promise<Granted>;
  /** @throws HubError `NOT_FOUND`, `UNAUTHENTICATED`, `PARTNER_UNAVAILABLE` */
  renew(renewal: Renewal): Promise<Granted>;
}

const timeoutMs = 5_000;
/** The scope for tokens after the first one. */
const lasting = 'offline_access';
/** How long the provider’s addresses are kept. */
const keptMs = 300_000;
/** How long a provider that failed gets no other request for them. */
const cooldownMs = 5_000;

const text = z.string().min(1).max(4_000);
const codeForm = z.strictObject({
  organisation: text,
  code: text,
  state: text,
  /** The provider names itself if it can: RFC 9207. */
  iss: text.optional(),
  verifier: z.string().regex(/^[\w.~-]{43,128}$/),
  redirectUri: z.url().max(2_000),
});

/**
 * The hub asks the provider, because the policy of the pages lets them ask nobody but the hub. It
 * keeps nothing: the page has made the verifier, and gets the token.
 */
export function createProviderSignIn(
  providers: ReadonlyMap<string, RegisteredProvider>,
  logger: Logger,
): ProviderSignIn {
  const known = new Map<string, { server: Promise<oauth.AuthorizationServer>; until: number }>();

  const find = (organisation: string): RegisteredProvider => {
    const provider = providers.get(organisation);
    if (!provider) throw new HubError('NOT_FOUND');
    return provider;
  };

  const ask = async (issuer: string): Promise<oauth.AuthorizationServer> => {
    const url = new URL(issuer);
    const response = await oauth.discoveryRequest(url, optionsFor(issuer));
    return oauth.processDiscoveryResponse(url, response);
  };

  /** All who wait share one request, and a failed provider gets no other one for a while. */
  const discover = ({ issuer }: RegisteredProvider): Promise<oauth.AuthorizationServer> => {
    const kept = known.get(issuer);
    if (kept && kept.until > performance.now()) return kept.server;
    const asked = { server: ask(issuer), until: performance.now() + keptMs };
    known.set(issuer, asked);
    asked.server.catch(() => (asked.until = performance.now() + cooldownMs));
    return asked.server;
  };

  /** What goes wrong at the provider is for operators: a client learns that it cannot sign in. */
  const guard = async <T>(organisation: string, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      if (error instanceof HubError) throw error;
      const reason = error instanceof Error ? error.message : 'unknown';
      logger.warn({ organisation, reason }, 'the OpenID Connect provider does not sign in');
      const isRefusal =
        error instanceof oauth.ResponseBodyError ||
        error instanceof oauth.AuthorizationResponseError;
      throw new HubError(isRefusal ? 'UNAUTHENTICATED' : 'PARTNER_UNAVAILABLE');
    }
  };

  return {
    describe: (organisation) =>
      guard(organisation, async () => {
        const provider = find(organisation);
        const { authorization_endpoint: authorizationEndpoint, scopes_supported: scopes } =
          await discover(provider);
        if (authorizationEndpoint === undefined)
          throw new Error('It has no authorization endpoint.');
        checkAddress(authorizationEndpoint, provider.issuer);
        const scope = scopes?.includes(lasting) ? `openid ${lasting}` : 'openid';
        return { authorizationEndpoint, clientId: provider.clientId, scope };
      }),

    exchange: async (sent) => {
      const { data } = codeForm.safeParse(sent);
      if (!data) throw new HubError('BAD_USER_INPUT');
      const { organisation, code, state, iss, verifier, redirectUri } = data;
      return guard(organisation, async () => {
        const provider = find(organisation);
        const server = await discover(provider);
        const client: oauth.Client = { client_id: provider.clientId };
        const parameters = oauth.validateAuthResponse(
          server,
          client,
          new URLSearchParams({ code, state, ...(iss !== undefined && { iss }) }),
          state,
        );
        const response = await oauth.authorizationCodeGrantRequest(
          server,
          client,
          oauth.None(),
          parameters,
          redirectUri,
          verifier,
          optionsFor(provider.issuer),
        );
        return readGranted(
          organisation,
          await oauth.processAuthorizationCodeResponse(server, client, response),
        );
      });
    },

    renew: ({ organisation, refreshToken }) =>
      guard(organisation, async () => {
        const provider = find(organisation);
        const server = await discover(provider);
        const client: oauth.Client = { client_id: provider.clientId };
        const response = await oauth.refreshTokenGrantRequest(
          server,
          client,
          oauth.None(),
          refreshToken,
          optionsFor(provider.issuer),
        );
        const granted = await oauth.processRefreshTokenResponse(server, client, response);
        // A provider that gives no other one lets the same one be used again.
        return readGranted(organisation, { refresh_token: refreshToken, ...granted });
      }),
  };
}

const readGranted = (
  organisation: string,
  { access_token: token, refresh_token: refreshToken }: oauth.TokenEndpointResponse,
): Granted => ({
  token,
  ...(refreshToken !== undefined && { renewal: { organisation, refreshToken } }),
});

/** A provider must not make a page run a script, or open a file: the browser goes there. */
function checkAddress(address: string, issuer: string): void {
  const { protocol } = new URL(address);
  if (protocol !== 'https:' && protocol !== new URL(issuer).protocol)
    throw new Error('Its authorization endpoint is not an address of https.');
}

/** A response of a provider, which cannot be larger than any that a provider needs. */
async function fetchBounded(
  url: string,
  { headers, method, body, redirect, signal }: oauth.CustomFetchOptions<string, unknown>,
): Promise<Response> {
  const init = { headers, method, body: body as RequestInit['body'], redirect, signal };
  const response = await fetch(url, init as RequestInit);
  const { status, headers: received } = response;
  const content = await readBounded(response, longestProviderResponse);
  return new Response(content, { status, headers: received });
}

/** The network file allows plain HTTP for a provider on the same machine alone. */
const optionsFor = (issuer: string) => ({
  [oauth.allowInsecureRequests]: issuer.startsWith('http:'),
  [oauth.customFetch]: fetchBounded as typeof fetch,
  signal: () => AbortSignal.timeout(timeoutMs),
});
