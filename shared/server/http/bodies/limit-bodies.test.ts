import fastify from 'fastify';
import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { HubError } from '../../../errors/hub-error.js';
import { defaultLimits } from '../../../graphql/limits/limits.js';
import { NetworkBudget } from '../connections/network-budget.js';
import { openTestServer, type TestServer } from '../operations/test-graphql.js';
import { limitBodies } from './limit-bodies.js';
import { WaitingBytes } from './waiting-bytes.js';

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
