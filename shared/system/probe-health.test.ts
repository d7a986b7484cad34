import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createAuthority, openPemFolder } from '../testing/certificates.js';
import { probeHealth } from './probe-health.js';

async function listen(server: Server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: String((server.address() as AddressInfo).port),
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

const respond = (_request: unknown, response: { writeHead(status: number): { end(): void } }) =>
  response.writeHead(200).end();

describe('the probe of a container', () => {
  it('passes if the server says that it is ready, and only then', async () => {
    const paths: unknown[] = [];
    const server = createServer((request, response) => {
      paths.push(request.url);
      response.writeHead(request.url === '/health/live' ? 200 : 503).end();
    });
    await using at = await listen(server);
    expect(await probeHealth({ PORT: at.port }, '/health/live')).toBe(true);
    expect(await probeHealth({ PORT: '1', HUB_PORT: at.port })).toBe(false);
    expect(paths).toEqual(['/health/live', '/health/ready']);
  });

  it('fails if nobody is there', async () => {
    const server = createServer();
    const at = await listen(server);
    await at[Symbol.asyncDispose]();
    expect(await probeHealth({ PORT: at.port })).toBe(false);
  });

  it.each([false, true])(
    'accepts the server’s own certificate, and presents it if one is demanded: %s',
    async (requestCert) => {
      await using folder = await openPemFolder();
      const authority = await createAuthority();
      const pair = await authority.issue();
      const files = await folder.writePair('hub', pair);
      const options = { ...pair, ca: authority.cert, requestCert, rejectUnauthorized: requestCert };
      await using at = await listen(createTlsServer(options, respond));
      const set = { HUB_TLS_CERT: files.certificate, HUB_TLS_KEY: files.key };
      expect(await probeHealth({ HUB_PORT: at.port, ...set })).toBe(true);
      // Plain HTTP to a server with TLS gets no response.
      expect(await probeHealth({ HUB_PORT: at.port })).toBe(false);
    },
  );
});
