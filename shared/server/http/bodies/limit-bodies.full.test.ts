import fastify from 'fastify';
import { GraphQLString } from 'graphql';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HubError } from '../../../errors/hub-error.js';
import { defaultLimits } from '../../../graphql/limits/limits.js';
import { NetworkBudget } from '../connections/limit-requests.js';
import { type TestServer, openTestServer } from '../operations/test-graphql.js';
import { WaitingBytes, limitBodies } from './limit-bodies.js';

/** How many bytes of bodies the server reads in each turn of the event loop. */
async function readTurns(isLimited: boolean): Promise<number[]> {
  const http = fastify({ bodyLimit: 10_000_000 });
  const turns: number[] = [0];
  if (isLimited) {
    limitBodies(http, {
      budget: new NetworkBudget(),
      caps: { dropResting: () => undefined },
      waiting: new WaitingBytes(defaultLimits),
    });
  }
  http.addHook('preParsing', ({ raw }, _reply, payload, done) => {
    raw.on('data', (part: Uint8Array) => (turns[turns.length - 1]! += part.length));
    done(null, payload);
  });
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  http.post('/', ({ body }) =>
    createHash('sha256')
      .update(body as Buffer)
      .digest('hex'),
  );
  const origin = await http.listen({ port: 0 });
  const body = Buffer.alloc(5_000_000, 'The body arrives whole. ');
  const hash = createHash('sha256').update(body).digest('hex');
  let isOver = false;
  const sent = fetch(origin, { method: 'POST', body, headers: { 'content-type': 'x/y' } })
    .then((response) => response.text())
    .finally(() => (isOver = true));
  while (!isOver) {
    await turn();
    turns.push(0);
  }
  expect(await sent).toBe(hash);
  await http.close();
  return turns;
}

interface Client {
  readonly socket: Socket;
  /** What it has read. */
  text: string;
}

function connectTo({ origin }: TestServer, localAddress = '127.0.0.1'): Client {
  const port = Number(new URL(origin).port);
  const socket = connect({ port, host: '127.0.0.1', localAddress }).on('error', () => undefined);
  const client = { socket, text: '' };
  socket.on('data', (data) => (client.text += String(data)));
  return client;
}

const closed = ({ socket }: Client): Promise<void> =>
  new Promise((resolve) => void (socket.destroyed ? resolve() : socket.once('close', resolve)));

/** Sends for as long as the server reads. */
async function sendOn(client: Client, part: string): Promise<void> {
  const { socket } = client;
  const send = () => {
    while (!socket.destroyed && socket.write(part));
  };
  socket.on('drain', send);
  send();
  await closed(client);
}

const chunked = (line: string): string =>
  `${line} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
const sized = (line: string, bytes: number): string =>
  `${line} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`;

const shortParts = '1\r\n \r\n'.repeat(10_000);

/** Only Linux and Windows take every address of 127.0.0.0/8 for this machine. */
const hasOtherAddresses = process.platform !== 'darwin';

it('reads little of a long body in each turn of the event loop', async () => {
  // A part has 64 KiB at most.
  expect(Math.max(...(await readTurns(true)))).toBeLessThanOrEqual(32_768 + 65_536);
  // Without it, a turn reads whatever has come.
  expect(Math.max(...(await readTurns(false)))).toBeGreaterThan(32_768 + 65_536);
});

describe('a body that nobody wants', () => {
  it.each(['GET', 'HEAD', 'OPTIONS'])('is refused with the method %s', async (method) => {
    await using server = await openTestServer({ allowedOrigins: ['https://other.example'] });
    for (const head of [chunked(`${method} /graphql`), sized(`${method} /graphql`, 5)]) {
      const client = connectTo(server);
      client.socket.write(
        head.replace(
          '\r\n\r\n',
          '\r\nOrigin: https://other.example\r\nAccess-Control-Request-Method: POST\r\n\r\n',
        ),
      );
      await expect.poll(() => client.text).toContain('400 Bad Request');
      if (method !== 'HEAD') await expect.poll(() => client.text).toContain('BAD_REQUEST');
      client.socket.destroy();
    }
  });

  it('may be announced as empty', async () => {
    await using server = await openTestServer();
    const client = connectTo(server);
    client.socket.write(sized('GET /health/live', 0));
    await expect.poll(() => client.text).toContain('200 OK');
    client.socket.destroy();
  });

  it('is not waited for at a path that does not exist', async () => {
    await using server = await openTestServer();
    const client = connectTo(server);
    client.socket.write(sized('POST /nothing', 900_000));
    await expect.poll(() => client.text).toContain('NOT_FOUND');
    client.socket.destroy();
  });

  it('is not waited for if its caller has no rate left', async () => {
    await using server = await openTestServer({
      checkRate: () => Promise.reject(new HubError('RATE_LIMITED', { retryAfter: 7 })),
    });
    const client = connectTo(server);
    client.socket.write(sized('POST /graphql', 900_000));
    await expect.poll(() => client.text).toContain('RATE_LIMITED');
    expect(client.text).toContain('retry-after: 7');
    client.socket.destroy();
    // A short one may have come already, and is counted as any other request.
    expect((await server.post({ query: '{ greeting }' })).status).toBe(200);
  });
});

describe.skipIf(!hasOtherAddresses)('a network whose bodies cost too much', () => {
  it.each([
    ['a body that is read', chunked('POST /graphql')],
    ['a body that is refused', chunked('POST /nothing')],
    ['a body of a request that has none', chunked('GET /health/live')],
    ['a body for a malformed path', chunked('POST /%zz')],
    [
      'a body with repeated headers',
      chunked('POST /graphql').replace('Host: x', 'Host: x\r\nHost: y'),
    ],
  ])('cannot connect for a while: %s, in very short parts', async (_name, head) => {
    await using server = await openTestServer();
    const isRefused = async () => {
      const clients = Array.from({ length: 4 }, () => connectTo(server, '127.0.0.9'));
      for (const { socket } of clients) socket.write(head);
      await Promise.all(clients.map((client) => sendOn(client, shortParts)));
      const next = connectTo(server, '127.0.0.9');
      next.socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      await closed(next);
      return next.socket.bytesRead === 0;
    };
    await expect.poll(isRefused, { timeout: 20_000, interval: 0 }).toBe(true);
    // It costs no other network anything.
    expect((await server.post({ query: '{ greeting }' })).status).toBe(200);
  });
});

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
