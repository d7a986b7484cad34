import { HubError } from '@hub/shared/errors';
import { OperationPipeline } from '@hub/shared/graphql';
import { silentLogger } from '@hub/shared/system';
import { buildSchema } from 'graphql';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { PluginServer } from '../../hub-plugin.js';
import { createHubServer } from '../../server/server.js';
import { registerExports, type ExportFile, type ExportRequest } from './register-exports.js';

const allowedOrigin = 'https://desk.example.org';

async function openServer(open: (request: ExportRequest) => Promise<ExportFile>) {
  const pipeline = new OperationPipeline({
    source: { schema: buildSchema('type Query { a: Int }') },
    logger: silentLogger,
  });
  await pipeline.start();
  const hub = {
    pipeline,
    isReady: () => true,
    createContext: async ({ requestId }: { requestId: string }) => ({ requestId }),
    plugins: [
      { serve: async ({ http }: Pick<PluginServer, 'http'>) => registerExports(http, { open }) },
    ],
  };
  const server = await createHubServer({
    hub,
    logger: silentLogger,
    allowedOrigins: [allowedOrigin],
  });
  const url = new URL('/export/things.csv', await server.listen(0));
  return { url, [Symbol.asyncDispose]: () => server.close() };
}

const fileOf = (body: string, free = () => {}): ExportFile => ({
  mediaType: 'text/csv; charset=utf-8; header=present',
  bytes: Buffer.byteLength(body),
  headers: { 'hub-withheld': 'name' },
  read: async () => Readable.from([body]),
  [Symbol.asyncDispose]: async () => free(),
});

describe('GET /export/<name>.<format>', () => {
  it('sends the file with its name and headers that forbid caching and running it', async () => {
    const asked: ExportRequest[] = [];
    await using server = await openServer(async (request) => {
      asked.push(request);
      return fileOf('a\r\nå\r\n');
    });
    const response = await fetch(`${server.url}?filter.country=DK`, {
      headers: { authorization: 'Bearer x', 'apollographql-client-name': 'desk' },
    });
    expect(await response.text()).toBe('a\r\nå\r\n');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-disposition': 'attachment; filename="things.csv"',
      'content-length': '7',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'text/csv; charset=utf-8; header=present',
      'hub-withheld': 'name',
      'x-content-type-options': 'nosniff',
    });
    expect(asked).toMatchObject([
      {
        fileName: 'things.csv',
        url: '/export/things.csv?filter.country=DK',
        authorization: 'Bearer x',
        clientName: 'desk',
        address: '127.0.0.1',
      },
    ]);
  });

  it('sends a refusal as the graph does, with its status', async () => {
    await using server = await openServer(async () => {
      throw new HubError('PARTNER_TIMED_OUT', { partner: 'no' });
    });
    const response = await fetch(server.url);
    expect(response.status).toBe(504);
    expect(response.headers.get('content-disposition')).toBeNull();
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'PARTNER_TIMED_OUT', partner: 'no' } }],
    });
  });

  it('allows GET only: HEAD, POST and the like change nothing, and are 405', async () => {
    await using server = await openServer(() => {
      throw new Error('asked');
    });
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      const response = await fetch(server.url, { method });
      const { status, headers } = response;
      expect([method, status, headers.get('allow')]).toEqual([method, 405, 'GET']);
    }
  });

  it('lets pages of an allowed origin read the headers', async () => {
    await using server = await openServer(async () => fileOf('a'));
    const { headers } = await fetch(server.url, { headers: { origin: allowedOrigin } });
    expect(headers.get('access-control-expose-headers')).toContain('hub-completeness');
    const other = await fetch(server.url, { headers: { origin: 'https://example.org' } });
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('disposes of the file when it is sent', async () => {
    const freed: string[] = [];
    await using server = await openServer(async () => fileOf('a', () => freed.push('file')));
    await (await fetch(server.url)).text();
    await expect.poll(() => freed).toEqual(['file']);
  });

  it('signals when the client disconnects', async () => {
    const told: string[] = [];
    const client = new AbortController();
    await using server = await openServer(async ({ signal }) => {
      client.abort();
      await once(signal, 'abort');
      told.push('gone');
      throw new Error('the client disconnected');
    });
    await expect(fetch(server.url, { signal: client.signal })).rejects.toThrow();
    await expect.poll(() => told).toEqual(['gone']);
  });
});
