import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { createProviders, isJwksUrl, isProviderUrl, type ProvidersOptions } from './provider.js';

const discoveryPath = '/.well-known/openid-configuration';
const header = { alg: 'EdDSA', kid: 'one' };
const isRefused = { code: 'UNAUTHENTICATED' };

async function createKey(kid: string): Promise<JWK> {
  const { publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return { ...(await exportJWK(publicKey)), alg: 'EdDSA', kid, use: 'sig' };
}

interface Answer {
  readonly status?: number;
  readonly location?: string;
  readonly body?: unknown;
}

/** Time passes only where a test says so, however slow the machine is. */
function standStill() {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  return {
    pass: (ms: number) => void vi.advanceTimersByTime(ms),
    [Symbol.dispose]: () => void vi.useRealTimers(),
  };
}

/** A provider that answers as it is told: by path, and otherwise as a good one would. */
async function openProvider(folder = '') {
  const answers: Record<string, Answer | 'silence'> = {};
  const asked: { readonly path: string; readonly headers: IncomingHttpHeaders }[] = [];
  const server = createServer(({ url: path = '', headers }, response) => {
    asked.push({ path, headers });
    const answer = answers[path] ?? {};
    if (answer === 'silence') return;
    const { status = 200, location, body } = answer;
    response.writeHead(status, location === undefined ? {} : { location });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const issuer = `${origin}${folder}`;
  const discovery = { issuer, jwks_uri: `${origin}/keys` };
  const jwks = { keys: [await createKey('one')] };
  answers[`${folder.replace(/\/$/, '')}${discoveryPath}`] = { body: discovery };
  answers['/keys'] = { body: jwks };
  return {
    origin,
    issuer,
    discovery,
    jwks,
    asked,
    paths: () => asked.splice(0).map(({ path }) => path),
    answer: (path: string, answer: Answer | 'silence') => void (answers[path] = answer),
    /** A hub’s way to the keys. Each has its own memory. */
    createKeyFor(options: Partial<ProvidersOptions> = {}) {
      const providers = createProviders({ issuers: new Map([['no', issuer]]), ...options });
      const keyFor = providers(issuer)?.keyFor;
      if (!keyFor) throw new Error('The provider is not registered.');
      return (kid = 'one') => keyFor({ ...header, kid });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  };
}

describe('isProviderUrl', () => {
  it.each([
    'https://login.example.org',
    'https://login.example.org/tenant/7/',
    'http://localhost:8080',
    'http://127.0.0.1',
    'http://[::1]:1',
  ])('accepts %s', (url) => {
    expect(isProviderUrl(url)).toBe(true);
  });

  it.each([
    ['text', 'login'],
    ['nothing', ''],
    ['what is not encrypted', 'http://login.example.org'],
    ['what only begins like this machine', 'http://localhost.example.org'],
    ['another protocol', 'ftp://localhost'],
    ['a name', 'https://anna@login.example.org'],
    ['a query', 'https://login.example.org/?a=1'],
    ['a fragment', 'https://login.example.org/#a'],
  ])('rejects %s', (_what, url) => {
    expect(isProviderUrl(url)).toBe(false);
  });
});

describe('isJwksUrl', () => {
  const https = 'https://login.example.org';

  it.each([
    ['at a provider', 'https://login.example.org/keys?of=7', https],
    ['at another host', 'https://keys.example.org/', https],
    ['on this machine, of a provider on this machine', 'http://localhost:1/', 'http://127.0.0.1:2'],
  ])('accepts keys %s', (_what, url, issuer) => {
    expect(isJwksUrl(url, issuer)).toBe(true);
  });

  // A provider could otherwise make the hub call servers that only this machine reaches.
  it.each(['http://127.0.0.1:4000/', 'http://localhost/', 'https://[::1]:1/', '/keys', 'keys'])(
    'rejects %s of a provider elsewhere',
    (url) => {
      expect(isJwksUrl(url, https)).toBe(false);
    },
  );
});

describe('createProviders', () => {
  it('knows the registered issuers only, each exactly as it is written', () => {
    const issuer = 'https://login.example.org';
    const providers = createProviders({ issuers: new Map([['no', issuer]]) });
    expect(providers(issuer)).toMatchObject({ organisation: 'no' });
    for (const other of [`${issuer}/`, 'no', '']) expect(providers(other)).toBeUndefined();
  });
});

describe('the keys of a provider', () => {
  // OpenID Connect Discovery 1.0, 4.1: a “/” at the end is removed before the path is added.
  it.each(['', '/', '/tenant', '/tenant/'])('are discovered if it is at “%s”', async (folder) => {
    await using provider = await openProvider(folder);
    const keyFor = provider.createKeyFor();
    expect(await keyFor()).toMatchObject({ type: 'public' });
    const place = `${folder.replace(/\/$/, '')}${discoveryPath}`;
    expect(provider.asked[0]?.headers.accept).toBe('application/json');
    expect(provider.paths()).toEqual([place, '/keys']);
    await keyFor();
    expect(provider.paths(), 'are asked for once').toEqual([]);
  });

  it('are asked for once by many tokens together', async () => {
    await using provider = await openProvider();
    const keyFor = provider.createKeyFor();
    const [first, ...others] = await Promise.all(Array.from({ length: 5 }, () => keyFor()));
    for (const other of others) expect(other).toBe(first);
    expect(provider.paths()).toEqual([discoveryPath, '/keys']);
  });

  it('may have a query in their place', async () => {
    await using provider = await openProvider();
    const body = { ...provider.discovery, jwks_uri: `${provider.origin}/keys?of=7` };
    provider.answer(discoveryPath, { body });
    provider.answer('/keys?of=7', { body: provider.jwks });
    expect(await provider.createKeyFor()()).toMatchObject({ type: 'public' });
  });

  // OpenID Connect Discovery 1.0, 4.2 and 4.3.
  it.each<[string, (good: { issuer: string; jwks_uri: string }) => Answer]>([
    ['has another status', (body) => ({ status: 203, body })],
    ['redirects', () => ({ status: 302, location: '/elsewhere' })],
    ['is not JSON', () => ({ body: 'keys' })],
    ['is empty', () => ({ body: '' })],
    ['names another issuer', (good) => ({ body: { ...good, issuer: `${good.issuer}/` } })],
    ['names no issuer', ({ jwks_uri }) => ({ body: { jwks_uri } })],
    ['names no place of the keys', ({ issuer }) => ({ body: { issuer } })],
    ['names no URL', (good) => ({ body: { ...good, jwks_uri: '/keys' } })],
    [
      'names a place that is not encrypted',
      (good) => ({ body: { ...good, jwks_uri: good.jwks_uri.replace('127.0.0.1', '127.0.0.2') } }),
    ],
    ['is longer than a megabyte', (body) => ({ body: { ...body, more: 'x'.repeat(1_000_000) } })],
  ])('are not used if the discovery %s', async (_what, change) => {
    await using provider = await openProvider();
    provider.answer('/elsewhere', { body: provider.discovery });
    provider.answer(discoveryPath, change(provider.discovery));
    await expect(provider.createKeyFor()()).rejects.toMatchObject(isRefused);
    expect(provider.paths()).toEqual([discoveryPath]);
  });

  it('are used if the discovery has a megabyte', async () => {
    await using provider = await openProvider();
    const length = JSON.stringify({ ...provider.discovery, more: '' }).length;
    const body = { ...provider.discovery, more: 'x'.repeat(1_000_000 - length) };
    provider.answer(discoveryPath, { body });
    expect(await provider.createKeyFor()()).toMatchObject({ type: 'public' });
  });

  it('are not waited for longer than told', async () => {
    await using provider = await openProvider();
    const keyFor = provider.createKeyFor({ timeoutMs: 50, cooldownMs: 0 });
    for (const path of [discoveryPath, '/keys']) {
      provider.answer(path, 'silence');
      let isOver = false;
      const patient = provider.createKeyFor({ timeoutMs: 600_000 })();
      patient.catch(() => undefined).finally(() => (isOver = true));
      await expect(keyFor()).rejects.toMatchObject(isRefused);
      expect(isOver).toBe(false);
      const body = path === '/keys' ? provider.jwks : provider.discovery;
      provider.answer(path, { body });
    }
    expect(await keyFor()).toMatchObject({ type: 'public' });
  });

  it('are asked for again after a fault, but not within the time told', async () => {
    using time = standStill();
    await using provider = await openProvider();
    const keyFor = provider.createKeyFor({ cooldownMs: 400 });
    provider.answer(discoveryPath, { status: 500 });
    await expect(keyFor()).rejects.toMatchObject(isRefused);
    provider.answer(discoveryPath, { body: provider.discovery });
    provider.paths();
    await expect(keyFor()).rejects.toMatchObject(isRefused);
    expect(provider.paths()).toEqual([]);
    time.pass(450);
    expect(await keyFor()).toMatchObject({ type: 'public' });
  });

  it('are asked for again when they are old, and those that it removed are refused', async () => {
    using time = standStill();
    await using provider = await openProvider();
    const keyFor = provider.createKeyFor({ maxAgeMs: 100, cooldownMs: 0 });
    const first = await keyFor();
    time.pass(150);
    expect(await keyFor(), 'a new object').not.toBe(first);
    provider.answer('/keys', { body: { keys: [await createKey('two')] } });
    time.pass(150);
    await expect(keyFor()).rejects.toMatchObject(isRefused);
    expect(await keyFor('two')).toMatchObject({ type: 'public' });
  });

  it('are asked for again for a new key id, after the time told', async () => {
    using time = standStill();
    await using provider = await openProvider();
    const keyFor = provider.createKeyFor({ cooldownMs: 200 });
    await keyFor();
    provider.answer('/keys', { body: { keys: [...provider.jwks.keys, await createKey('two')] } });
    await expect(keyFor('two')).rejects.toMatchObject(isRefused);
    time.pass(250);
    expect(await keyFor('two')).toMatchObject({ type: 'public' });
  });
});
