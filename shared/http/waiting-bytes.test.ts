import { GraphQLString } from 'graphql';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits/index.js';
import { openTestServer, type TestServer } from './operations/test-graphql.js';

const long = { type: GraphQLString, resolve: () => 'x'.repeat(10_000_000) };
const limits = { ...defaultLimits, waitingBytesPerClient: 25_000_000, waitingBytes: 40_000_000 };

/** Requests ten megabytes and reads none of them. */
async function askWithoutReading({ origin }: TestServer, localAddress: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.pause();
  socket.write('GET /graphql?query={long} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n');
  return socket;
}

const sent = (server: TestServer) => server.lines.filter(({ path }) => path === '/graphql').length;

// Only on these systems, every address of 127.0.0.0/8 is this machine.
describe.skipIf(process.platform === 'darwin')('limits.waitingBytes', () => {
  it('cuts off the oldest response of a client that reads nothing, and serves others meanwhile', async () => {
    await using server = await openTestServer({ limits, fields: { long } });
    const sockets: Socket[] = [];
    for (let index = 0; index < 3; index += 1) {
      sockets.push(await askWithoutReading(server, '127.0.0.8'));
    }
    // Each cut response is logged at once.
    await expect.poll(() => sent(server)).toBeGreaterThanOrEqual(1);
    expect((await server.post({ query: '{ greeting }' })).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  it('is OVERLOADED for everybody when it is reached, before anything is executed', async () => {
    let executed = 0;
    const counted = { type: GraphQLString, resolve: () => String((executed += 1)) };
    await using server = await openTestServer({
      limits: { ...limits, waitingBytes: 9_000_000 },
      fields: { long, counted },
    });
    const begun = once(server.http.server, 'request');
    const socket = await askWithoutReading(server, '127.0.0.8');
    await begun;
    await expect
      .poll(async () => (await server.post({ query: '{ counted }' })).status, { timeout: 10_000 })
      .toBe(503);
    const before = executed;
    const response = await server.post({ query: '{ counted }' });
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'OVERLOADED' } }],
    });
    expect(executed).toBe(before);
    socket.destroy();
    await expect
      .poll(async () => (await server.post({ query: '{ counted }' })).status, { timeout: 10_000 })
      .toBe(200);
  });
});
