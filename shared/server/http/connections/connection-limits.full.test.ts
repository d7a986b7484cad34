import { GraphQLString } from 'graphql';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../graphql/limits/limits.js';
import { createSignal, openTestServer, type TestServer } from '../operations/test-graphql.js';
import { Connections } from './connection-limits.js';

const open = async ({ origin }: TestServer, localAddress = '127.0.0.1'): Promise<Socket> => {
  const socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', localAddress });
  // Some systems report a reset for a connection that was closed at once.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

const live = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

/** The first line of the response. Empty if there is none. */
async function ask(socket: Socket): Promise<string | undefined> {
  socket.write(live);
  return (await text(socket).catch(() => '')).split('\r\n')[0];
}

/** Reads what has arrived, and expects that the connection was closed before the whole response. */
async function expectClosed(socket: Socket): Promise<void> {
  const closed = once(socket, 'close');
  socket.resume();
  await closed;
  expect(socket.bytesRead).toBeLessThan(50_000_000);
}

const keepAlive = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';

/** Sends a request and waits for its response. The connection is then idle. */
async function useAndRest(socket: Socket): Promise<void> {
  socket.write(keepAlive);
  await once(socket, 'data');
}

const whenClosed = async (socket: Socket): Promise<void> => {
  socket.resume();
  if (!socket.closed) await new Promise((resolve) => socket.once('close', resolve));
};

describe('limits.connectionsPerAddress', () => {
  it('counts the addresses of one IPv6 network (64 bits) together', () => {
    const connections = new Connections({ connections: 10, connectionsPerAddress: 2 });
    const destroyed: string[] = [];
    const add = (remoteAddress: string) =>
      connections.add({ remoteAddress, destroy: () => void destroyed.push(remoteAddress) });
    for (const end of ['1', '2', '3']) add(`2001:db8:0:1::${end}`);
    expect(destroyed).toEqual(['2001:db8:0:1::1']);
    for (const address of ['2001:db8:0:2::1', '2001:db8:0:2::2', '192.0.2.1', '192.0.2.2']) {
      add(address);
    }
    expect(destroyed).toHaveLength(1);
  });
});

describe.each(['connections', 'connectionsPerAddress'] as const)('limits.%s', (limit) => {
  it('gives a new connection the place of the longest idle one', async () => {
    await using server = await openTestServer({ limits: { ...defaultLimits, [limit]: 2 } });
    const [first, second] = [await open(server), await open(server)];
    await useAndRest(second);
    await useAndRest(first);
    expect(await ask(await open(server))).toBe('HTTP/1.1 200 OK');
    await whenClosed(second);
    expect(await ask(first)).toBe('HTTP/1.1 200 OK');
  });

  it('closes an idle connection rather than one whose request has begun', async () => {
    await using server = await openTestServer({ limits: { ...defaultLimits, [limit]: 2 } });
    const [asking, resting] = [await open(server), await open(server)];
    await useAndRest(asking);
    await useAndRest(resting);
    const body = '{"query":"{ greeting }"}';
    const begun = once(server.http.server, 'request');
    asking.write(
      `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`,
    );
    await begun;
    expect(await ask(await open(server))).toBe('HTTP/1.1 200 OK');
    await whenClosed(resting);
    asking.write(body);
    expect(await text(asking)).toContain('hei');
  });

  it('never closes a connection with a running operation', async () => {
    const [begun, end] = [createSignal(), createSignal()];
    const resolve = async () => {
      begun.resolve();
      await end.promise;
      return 'done';
    };
    await using server = await openTestServer({
      limits: { ...defaultLimits, [limit]: 1 },
      fields: { slow: { type: GraphQLString, resolve } },
    });
    const socket = await open(server);
    socket.write(
      'GET /graphql?query={slow} HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nConnection: close\r\n\r\n',
    );
    await begun.promise;
    expect(await ask(await open(server))).toBe('');
    end.resolve();
    expect(await text(socket)).toContain('done');
  });
});

// Only on these systems, every address of 127.0.0.0/8 is this machine.
describe.skipIf(process.platform === 'darwin')('connections of several networks', () => {
  it('closes connections of the network that has most', async () => {
    await using server = await openTestServer({ limits: { ...defaultLimits, connections: 4 } });
    const bystander = await open(server, '127.0.0.9');
    const crowd = [];
    for (let index = 0; index < 8; index += 1) crowd.push(await open(server, '127.0.0.1'));
    await Promise.all(crowd.slice(0, 5).map(whenClosed));
    expect(await ask(await open(server, '127.0.0.8'))).toBe('HTTP/1.1 200 OK');
    expect(await ask(bystander)).toBe('HTTP/1.1 200 OK');
  });

  it('are idle while they send a body slowly', async () => {
    await using server = await openTestServer({ limits: { ...defaultLimits, connections: 2 } });
    const head =
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{';
    const slow = [await open(server), await open(server)];
    for (const socket of slow) socket.write(head);
    expect(await ask(await open(server, '127.0.0.8'))).toBe('HTTP/1.1 200 OK');
  });
});

describe('limits.readingMs', () => {
  const long = { type: GraphQLString, resolve: () => 'x'.repeat(50_000_000) };
  const question =
    'GET /graphql?query={long} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n';

  it('cuts off a client that does not read its response, and serves others meanwhile', async () => {
    await using server = await openTestServer({
      limits: { ...defaultLimits, readingMs: 300 },
      fields: { long },
    });
    const socket = await open(server);
    socket.pause();
    socket.write(question);
    await expect
      .poll(() => server.lines)
      .toContainEqual(expect.objectContaining({ msg: 'response not read in time' }));
    expect((await server.post({ query: '{ greeting }' })).status).toBe(200);
    await expectClosed(socket);
  });

  it('cuts off a client that reads very slowly', async () => {
    await using server = await openTestServer({
      limits: { ...defaultLimits, readingMs: 300 },
      fields: { long },
    });
    const socket = await open(server);
    let bytes = 0;
    socket.pause();
    const sip = setInterval(() => (bytes += (socket.read(1_000) as Buffer | null)?.length ?? 0), 5);
    socket.write(question);
    await expect
      .poll(() => server.lines)
      .toContainEqual(expect.objectContaining({ msg: 'response not read in time' }));
    clearInterval(sip);
    await expectClosed(socket);
    expect(bytes).toBeGreaterThan(0);
  });

  it('does not wait for a client that disconnected before its response', async () => {
    const { promise: isAsked, resolve: ask } = createSignal();
    const { promise: isLeft, resolve: leave } = createSignal();
    await using server = await openTestServer({
      limits: { ...defaultLimits, readingMs: 100 },
      fields: {
        slow: { type: GraphQLString, resolve: () => (ask(), isLeft) },
      },
    });
    const socket = await open(server);
    socket.write(question.replace('long', 'slow'));
    await isAsked;
    socket.destroy();
    await expect
      .poll(() => server.lines)
      .toContainEqual(expect.objectContaining({ msg: 'request', status: 499 }));
    leave();
    await setTimeout(300);
    expect(server.lines.map(({ msg }) => msg)).not.toContain('response not read in time');
  });

  it('does not affect a client that reads its response', async () => {
    await using server = await openTestServer({
      limits: { ...defaultLimits, readingMs: 5_000 },
      fields: { long },
    });
    const answer = (await (await server.post({ query: '{ long }' })).json()) as {
      data: { long: string };
    };
    expect(answer.data.long).toHaveLength(50_000_000);
  });
});
