import { tokens } from '@hub/shared/identity';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { describe, expect, it } from 'vitest';
import { createProviders, type ProvidersOptions } from './provider.js';

const hubResource = 'https://hub.example.org/';
const noKeys = {
  signingKeysOf: () => Promise.resolve([]),
  agreementKeysOf: () => Promise.resolve([]),
};

async function createKey(alg: 'ES256' | 'EdDSA' | 'RS256', kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, kid, use: 'sig' };
}

/** A real provider on a free port. The client decides what it signs. */
async function openProvider() {
  const keys = await Promise.all([
    createKey('ES256', 'es-1'),
    createKey('EdDSA', 'ed-1'),
    createKey('RS256', 'rs-1'),
  ]);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    void handle(request, response);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const clients = ['ES256', 'EdDSA', 'RS256', 'se', 'administrator', 'elsewhere'];
  const provider = new Provider(issuer, {
    jwks: { keys: keys as never },
    clients: clients.map((client_id) => ({
      client_id,
      client_secret: 'a secret of the test',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    })),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context, _resource, { clientId }) => ({
          scope: '',
          audience: clientId === 'elsewhere' ? 'elsewhere' : 'hub',
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: {
            sign: { alg: clientId === 'EdDSA' || clientId === 'RS256' ? clientId : 'ES256' },
          },
        }),
      },
    },
    extraTokenClaims: (_context, { clientId }) => ({
      org: clientId === 'se' ? 'se' : 'no',
      role: clientId === 'administrator' ? 'administrator' : 'liaison',
    }),
  });
  const handle = provider.callback();
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    issuer,
    asked,
    keys,
    close,
    reopen: () => listen(port),
    /** Gets a token as any client of the provider does. */
    async token(client: string): Promise<string> {
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${client}:a+secret+of+the+test`)}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource: hubResource }),
      });
      const { access_token } = (await response.json()) as { access_token?: string };
      if (!access_token) throw new Error(`The provider gave no token (HTTP ${response.status}).`);
      return access_token;
    },
    /** A hub’s check of tokens. Each has its own memory of the provider’s keys. */
    createVerify: (options: Partial<ProvidersOptions> = {}) => {
      const providers = createProviders({ issuers: new Map([['no', issuer]]), ...options });
      return (token: string) =>
        tokens.verifyToken(token, { audience: 'hub', keys: noKeys, providers });
    },
    [Symbol.asyncDispose]: close,
  };
}

const isRefused = { code: 'UNAUTHENTICATED' };

describe('an OpenID Connect provider', () => {
  it.each(['ES256', 'EdDSA'])('vouches for its organisation’s people with %s', async (client) => {
    await using provider = await openProvider();
    const verified = await provider.createVerify()(await provider.token(client));
    expect(verified.bearer).toEqual({
      kind: 'person',
      organisation: 'no',
      subject: client,
      role: 'liaison',
      purpose: undefined,
    });
    expect(await verified.isByKnownKey(), 'may be cached').toBe(true);
  });

  it.each([
    ['signs with RS256', 'RS256'],
    ['speaks for another organisation', 'se'],
    ['names an unknown role', 'administrator'],
    ['names another audience', 'elsewhere'],
  ])('is rejected if it %s', async (_what, client) => {
    await using provider = await openProvider();
    const token = await provider.token(client);
    await expect(provider.createVerify()(token)).rejects.toMatchObject(isRefused);
  });

  it('gets no request for an issuer that is not registered', async () => {
    await using provider = await openProvider();
    await using stranger = await openProvider();
    const token = await stranger.token('ES256');
    stranger.asked.length = 0;
    await expect(provider.createVerify()(token)).rejects.toMatchObject(isRefused);
    expect(stranger.asked).toEqual([]);
  });

  it('is not flooded with requests for unknown key ids', async () => {
    await using provider = await openProvider();
    const verify = provider.createVerify();
    await verify(await provider.token('ES256'));
    provider.asked.length = 0;
    const foreign = await createKey('ES256', 'foreign');
    const forge = async (kid: string) =>
      new SignJWT({ org: 'no', role: 'liaison' })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(provider.issuer)
        .setSubject('anna')
        .setAudience('hub')
        .setExpirationTime('1m')
        .sign(await importJWK(foreign));
    for (const kid of ['es-1', ...Array.from({ length: 50 }, (_, index) => `unknown-${index}`)]) {
      await expect(verify(await forge(kid))).rejects.toMatchObject(isRefused);
    }
    expect(provider.asked).toEqual([]);
    await verify(await provider.token('EdDSA'));
  });

  it('that is unavailable: its tokens are rejected, it gets few requests, and its tokens are valid again later', async () => {
    await using provider = await openProvider();
    const token = await provider.token('ES256');
    const known = provider.createVerify();
    await known(token);
    await provider.close();
    const patient = provider.createVerify();
    const restless = provider.createVerify({ cooldownMs: 0 });
    for (const verify of [patient, restless]) {
      await expect(verify(token)).rejects.toMatchObject(isRefused);
    }
    expect(await known(token)).toMatchObject({ bearer: { organisation: 'no' } });
    await provider.reopen();
    provider.asked.length = 0;
    await expect(patient(token)).rejects.toMatchObject(isRefused);
    expect(provider.asked).toEqual([]);
    await expect(restless(token)).resolves.toMatchObject({ bearer: { organisation: 'no' } });
  });
});
