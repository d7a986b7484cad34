import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../system/logger.js';
import { createHttpServer, listen } from '../http/http-server.js';
import { registerMetrics } from './serve-metrics.js';

async function open(readers: readonly string[], trustedProxies: readonly string[] = []) {
  const http = await createHttpServer({ logger: silentLogger, trustedProxies });
  registerMetrics(http, { readers, read: () => Promise.resolve('up 1\n') });
  const url = `${await listen(http, 0)}/metrics`;
  return {
    /** The status, as seen from 127.0.0.1. */
    status: async (headers: Readonly<Record<string, string>> = {}) =>
      (await fetch(url, { headers })).status,
    url,
    [Symbol.asyncDispose]: () => http.close(),
  };
}

describe('/metrics', () => {
  it('is Prometheus’s text for an address that may read', async () => {
    await using server = await open(['127.0.0.1']);
    const response = await fetch(server.url);
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toBe('up 1\n');
  });

  it.each([
    [['127.0.0.0/8'], 200],
    [['10.0.0.0/8', '::1'], 403],
    [['fe80::/10', '127.0.0.2'], 403],
    [['0.0.0.0/0'], 200],
    [[], 404],
  ])('for readers %j is %d for a client of this machine', async (readers, status) => {
    await using server = await open(readers);
    expect(await server.status()).toBe(status);
  });

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
    'is FORBIDDEN to a client of a proxy that is not trusted, which adds %s',
    async (header) => {
      await using server = await open(['127.0.0.1']);
      expect(await server.status({ [header]: '127.0.0.1' })).toBe(403);
    },
  );

  it('is for the client of a trusted proxy by its own address', async () => {
    await using server = await open(['10.1.0.0/16'], ['127.0.0.1']);
    expect(await server.status({ 'x-forwarded-for': '10.1.2.3' })).toBe(200);
    expect(await server.status({ 'x-forwarded-for': '10.2.2.3' })).toBe(403);
    expect(await server.status()).toBe(403);
  });
});
