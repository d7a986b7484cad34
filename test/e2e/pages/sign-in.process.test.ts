import { exportJWK, generateKeyPair } from 'jose';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openNetwork, type OpenNetwork } from '../network/open-network.js';
import { chromiumPath, openBrowser, openPage, signIn } from './open-browser.js';

const clientId = 'hub-pages';

/**
 * A real provider with its own pages for signing in. It vouches for people of Norway’s police, and
 * begins once the address of the hub is known.
 */
async function openProvider() {
  let lifeSeconds = 300;
  let handle: ReturnType<Provider['callback']> | undefined;
  const server = createServer((request, response) => void handle?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    /** Of the tokens from now on. */
    setLife: (seconds: number) => void (lifeSeconds = seconds),
    async begin(redirectUri: string) {
      const { privateKey } = await generateKeyPair('ES256', { extractable: true });
      const jwk = { ...(await exportJWK(privateKey)), alg: 'ES256', kid: 'es-1', use: 'sig' };
      const provider = new Provider(issuer, {
        jwks: { keys: [jwk] as never },
        clients: [
          {
            client_id: clientId,
            redirect_uris: [redirectUri],
            token_endpoint_auth_method: 'none',
            id_token_signed_response_alg: 'ES256',
            grant_types: ['authorization_code', 'refresh_token'],
            response_types: ['code'],
            application_type: 'native',
          },
        ],
        findAccount: (_context, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
        pkce: { required: () => true },
        features: {
          devInteractions: { enabled: true },
          resourceIndicators: {
            enabled: true,
            defaultResource: () => 'https://hub.example.org/',
            useGrantedResource: () => true,
            getResourceServerInfo: () => ({
              scope: '',
              audience: 'hub',
              accessTokenFormat: 'jwt',
              accessTokenTTL: lifeSeconds,
              jwt: { sign: { alg: 'ES256' } },
            }),
          },
        },
        extraTokenClaims: () => ({ org: 'no', role: 'liaison' }),
      });
      handle = provider.callback();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe.skipIf(!chromiumPath && !process.env['CI'])('signing in to the pages', () => {
  let provider: Awaited<ReturnType<typeof openProvider>>;
  let network: OpenNetwork;
  let browser: Browser;
  beforeAll(async () => {
    provider = await openProvider();
    [network, browser] = await Promise.all([
      openNetwork('demonstration', {
        isGuarded: true,
        providers: { no: { issuer: provider.issuer, pagesClientId: clientId } },
      }),
      openBrowser(),
    ]);
    await provider.begin(at('/sign-in/callback/no').href);
  });
  afterAll(async () => {
    await network?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
  });
  const at = (path: string) => new URL(path, network.hubUrl);

  it('with a provider: goes there, comes back to the page, and asks as that person', async () => {
    await using opened = await openPage(browser, at('/status'));
    const { page } = opened;
    await page.locator('header').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'National police of Norway' }).click();
    await page.locator('input[name=login]').fill('kari');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]').click();
    await page.getByText('Liaison of National police of Norway').waitFor();
    expect(new URL(page.url()).pathname).toBe('/status');
    const kept = await page.evaluate(() =>
      JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }]),
    );
    expect(kept).not.toMatch(/eyJ|verifier|hub-session-/);
    const [sent] = await Promise.all([
      page.waitForRequest((asked) => asked.url() === network.hubUrl),
      page.getByRole('button', { name: 'Ask again' }).click(),
    ]);
    const { authorization, 'hub-session': session = '' } = await sent.allHeaders();
    expect(authorization).toBeUndefined();
    const asked = await page.evaluate(async (id) => {
      const response = await fetch('/graphql', {
        method: 'POST',
        headers: { 'hub-session': id, 'content-type': 'application/json' },
        body: '{"query":"{ policeDisclosures(country: \\"NO\\") { nodes { role } } }"}',
      });
      return (await response.json()) as object;
    }, session);
    // The hub knows the person: a liaison may not read the record, whereas a bad token is refused.
    expect(asked).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    await page.reload();
    await page.getByText('Liaison of National police of Norway').waitFor();
  });

  it('is not possible with a code that this tab did not ask for', async () => {
    await using opened = await openPage(browser, at('/sign-in/callback/no?code=x&state=y'));
    await opened.page.getByRole('alert').waitFor();
    expect(opened.page.url()).not.toContain('code=');
  });

  it('is refused where the provider does not know the code', async () => {
    const response = await fetch(at('/sign-in/code'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        organisation: 'no',
        code: 'x',
        state: 'y',
        iss: provider.issuer,
        verifier: 'v'.repeat(43),
        redirectUri: at('/sign-in/callback/no').href,
      }),
    });
    expect([response.status, await response.text()]).toEqual([
      401,
      expect.stringContaining('UNAUTHENTICATED'),
    ]);
  });

  it.each([
    ['an organisation without a provider', '/sign-in/providers/dk', 404],
    ['an organisation that does not exist', '/sign-in/providers/xx', 404],
  ])('is NOT_FOUND for %s', async (_what, path, status) => {
    expect((await fetch(at(path))).status).toBe(status);
  });

  it('with a provider lasts longer than its token', async () => {
    provider.setLife(5);
    await using opened = await openPage(browser, at('/status'));
    const { page } = opened;
    const renewed = page.waitForResponse((response) => response.url().endsWith('/sign-in/longer'));
    await page.locator('header').getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'National police of Norway' }).click();
    await page.locator('input[name=login]').fill('kari');
    await page.locator('input[name=password]').fill('any');
    await page.locator('button[type=submit]').click();
    await page.locator('button[type=submit]').click();
    await page.getByText('Liaison of National police of Norway').waitFor();
    provider.setLife(300);
    const response = await renewed;
    expect(response.status()).toBe(200);
    expect(await response.text()).not.toContain('eyJ');
    expect(await response.json()).toMatchObject({ session: { isRenewable: true } });
  });

  it('for a trial: as anybody, in all windows, also after a reload, until the sign-out', async () => {
    await using opened = await openPage(browser, at('/status'));
    const { page, faults } = opened;
    await signIn(page, 'dk', 'analyst');
    await page.getByText('Analyst of National police of Denmark').waitFor();
    // The button that opened the dialog is gone.
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.getByRole('link', { name: 'Start', exact: true }).click();
    await page.getByText('Analyst of National police of Denmark').waitFor();
    await page.reload();
    await page.getByText('Analyst of National police of Denmark').waitFor();
    const other = await page.context().newPage();
    await other.goto(at('/programme').href);
    await other.getByText('Analyst of National police of Denmark').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    for (const one of [page, other])
      await one.locator('header').getByRole('button', { name: 'Sign in' }).waitFor();
    await other.getByText('You have signed out in another window').waitFor();
    await other.close();
    await page.reload();
    await page.locator('header').getByRole('button', { name: 'Sign in' }).waitFor();
    expect(faults).toEqual([]);
  });

  it.each([
    [
      'of another site',
      { 'sec-fetch-site': 'cross-site' },
      { organisation: 'dk', role: 'analyst' },
      403,
    ],
    ['as a partner’s server', {}, { organisation: 'dk', role: 'service' }, 400],
    ['as nobody', {}, { organisation: 'xx', role: 'analyst' }, 400],
    ['with more than is asked', {}, { organisation: 'dk', role: 'analyst', ttl: 1 }, 400],
  ])('for a trial is refused %s', async (_what, headers, body, status) => {
    const response = await fetch(at('/sign-in/trial'), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(status);
  });

  it('for a trial is refused where another name leads to this machine', async () => {
    const { hostname, port } = at('/');
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(
        {
          hostname,
          port,
          method: 'POST',
          path: '/sign-in/trial',
          headers: { host: `hub.example.org:${port}`, 'content-type': 'application/json' },
        },
        (response) => resolve(response.resume().statusCode),
      );
      sent.once('error', reject).end(JSON.stringify({ organisation: 'dk', role: 'analyst' }));
    });
    expect(status).toBe(403);
  });

  it('with a token takes a token alone', async () => {
    await using opened = await openPage(browser, at('/'));
    const { page } = opened;
    await page.locator('header').getByRole('button', { name: 'Sign in' }).click();
    await page.locator('textarea[name=token]').fill('no token');
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByRole('alert').getByText('The hub does not accept this').waitFor();
  });
});
