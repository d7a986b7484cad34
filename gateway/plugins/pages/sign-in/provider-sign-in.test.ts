import { silentLogger } from '@hub/shared/system';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createProviderSignIn } from './provider-sign-in.js';

/** A provider that misbehaves. */
async function openProvider(answer: RequestListener) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signIn = createProviderSignIn(new Map([['no', { issuer, clientId: 'x' }]]), silentLogger);
  return {
    asked,
    issuer,
    signIn,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const isAway = { code: 'PARTNER_UNAVAILABLE' };

describe('signing in with a provider', () => {
  it.each<[string, RequestListener]>([
    [
      'whose response is larger than 1 MB',
      (_request, response) => {
        const issuer = `"${'x'.repeat(1_100_000)}"`;
        response.setHeader('content-type', 'application/json');
        response.end(`{"issuer":${issuer}}`);
      },
    ],
    ['that fails', (_request, response) => response.writeHead(500).end()],
    [
      'that names itself otherwise',
      (_request, response) => {
        response.setHeader('content-type', 'application/json');
        response.end('{"issuer":"https://example.org"}');
      },
    ],
  ])('is PARTNER_UNAVAILABLE with one %s, which then rests', async (_what, answer) => {
    await using provider = await openProvider(answer);
    const { signIn, asked } = provider;
    await Promise.all(
      Array.from({ length: 5 }, () => expect(signIn.describe('no')).rejects.toMatchObject(isAway)),
    );
    await expect(signIn.describe('no')).rejects.toMatchObject(isAway);
    expect(asked).toEqual(['/.well-known/openid-configuration']);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'no address'])(
    'sends no browser to %s',
    async (address) => {
      await using provider = await openProvider(({ headers: { host } }, response) => {
        const found = { issuer: `http://${host}`, authorization_endpoint: address };
        response.setHeader('content-type', 'application/json').end(JSON.stringify(found));
      });
      await expect(provider.signIn.describe('no')).rejects.toMatchObject(isAway);
    },
  );

  it('is NOT_FOUND for an organisation without a provider, and asks nobody', async () => {
    await using provider = await openProvider((_request, response) => response.end());
    await expect(provider.signIn.describe('dk')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(provider.asked).toEqual([]);
  });

  it('is BAD_USER_INPUT for anything but a code with its verifier', async () => {
    await using provider = await openProvider((_request, response) => response.end());
    for (const sent of [null, {}, { organisation: 'no', code: 'x', state: 'y', verifier: 'short' }])
      await expect(provider.signIn.exchange(sent)).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
    expect(provider.asked).toEqual([]);
  });
});
