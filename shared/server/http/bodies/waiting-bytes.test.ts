import { GraphQLString } from 'graphql';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../graphql/limits/limits.js';
import { openTestServer, type TestServer } from '../operations/test-graphql.js';

const long = { type: GraphQLString, resolve: () => 'x'.repeat(10_000_000) };
const limits = { ...defaultLimits, waitingBytesPerClient: 25_000_000, waitingBytes: 40_000_000 };

async function connectFrom({ origin }: TestServer, localAddress: string): Promise<Socket> {
  const socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

const beginPost = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';

/** The whole response to a query, as it is sent. */
async function askFrom(server: TestServer, localAddress: string, query: string): Promise<string> {
  const socket = await connectFrom(server, localAddress);
  socket.write(
    `GET /graphql?query=${query} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nConnection: close\r\n\r\n`,
  );
  return text(socket);
}

/** Requests ten megabytes and reads none of them. */
async function askWithoutReading(server: TestServer, localAddress: string): Promise<Socket> {
  const socket = await connectFrom(server, localAddress);
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

  it('cuts off the oldest of many bodies that do not end, and serves others meanwhile', async () => {
    await using server = await openTestServer({
      limits: { ...limits, waitingBytesPerClient: 2_500_000 },
    });
    const closed: number[] = [];
    const served: Socket[] = [];
    server.http.server.on('connection', (socket: Socket) => served.push(socket));
    const sockets: Socket[] = [];
    for (let index = 0; index < 4; index += 1) {
      const socket = await connectFrom(server, '127.0.0.8');
      socket.once('close', () => closed.push(index)).resume();
      socket.write(`${beginPost}Content-Length: 1000000\r\n\r\n${' '.repeat(900_000)}`);
      // Three are 2.7 MB, and four without the first as well.
      await expect.poll(() => served[index]?.bytesRead).toBeGreaterThan(900_000);
      await expect.poll(() => closed.length).toBe(Math.max(0, index - 1));
      sockets.push(socket);
    }
    expect(closed).toEqual([0, 1]);
    expect((await server.post({ query: '{ greeting }' })).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  it('is OVERLOADED for who has most of it, and for nobody else', async () => {
    let executed = 0;
    const counted = { type: GraphQLString, resolve: () => String((executed += 1)) };
    await using server = await openTestServer({
      limits: { ...limits, waitingBytes: 18_000_000 },
      fields: { long, counted },
    });
    const ask = () => askFrom(server, '127.0.0.8', '{counted}');
    const begun = server.lines.length;
    const sockets = [
      await askWithoutReading(server, '127.0.0.7'),
      await askWithoutReading(server, '127.0.0.8'),
    ];
    await expect.poll(ask).toMatch(/^HTTP\/1.1 503 .*retry-after: 1\r.*"OVERLOADED"/is);
    const before = executed;
    expect(await ask()).toMatch(/^HTTP\/1.1 503 /);
    expect(executed).toBe(before);
    expect((await server.post({ query: '{ counted }' })).status).toBe(200);
    expect(server.lines.length).toBeGreaterThan(begun);
    for (const socket of sockets) socket.destroy();
    await expect.poll(ask).toMatch(/^HTTP\/1.1 200 /);
  });
});
