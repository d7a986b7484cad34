import { GraphQLString } from 'graphql';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../limits/index.js';
import { createSignal, openTestServer, type TestServer } from './test-graphql.js';

const open = async ({ origin }: TestServer): Promise<Socket> => {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  // Some systems say of a connection that was closed at once that it was reset.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

const live = 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';

/** The first line of the answer; empty where there is none. */
async function ask(socket: Socket): Promise<string | undefined> {
  socket.write(live);
  return (await text(socket).catch(() => '')).split('\r\n')[0];
}

/** Reads what has arrived, and finds the connection closed behind it: by a cut, before the whole answer. */
async function expectClosed(socket: Socket): Promise<void> {
  const closed = once(socket, 'close');
  socket.resume();
  await closed;
  expect(socket.bytesRead).toBeLessThan(50_000_000);
}

describe.each(['connections', 'connectionsPerAddress'] as const)('limits.%s', (limit) => {
  it('closes a connection that is one too many, and takes another when one has gone', async () => {
    await using server = await openTestServer({ limits: { ...defaultLimits, [limit]: 2 } });
    const [first, second] = [await open(server), await open(server)];
    expect(await ask(await open(server))).toBe('');
    expect(await ask(first)).toBe('HTTP/1.1 200 OK');
    expect(await ask(await open(server))).toBe('HTTP/1.1 200 OK');
    second.destroy();
  });
});

describe('limits.readingMs', () => {
  const long = { type: GraphQLString, resolve: () => 'x'.repeat(50_000_000) };
  const question =
    'GET /graphql?query={long} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n';

  it('cuts a client that does not take its answer, and serves others meanwhile', async () => {
    await using server = await openTestServer({
      limits: { ...defaultLimits, readingMs: 300 },
      fields: { long },
    });
    const socket = await open(server);
    socket.pause();
    socket.write(question);
    await expect
      .poll(() => server.lines, { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ msg: 'answer not taken in time' }));
    expect((await server.post({ query: '{ greeting }' })).status).toBe(200);
    await expectClosed(socket);
  });

  it('cuts one that takes it a little at a time', async () => {
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
      .poll(() => server.lines, { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ msg: 'answer not taken in time' }));
    clearInterval(sip);
    await expectClosed(socket);
    expect(bytes).toBeGreaterThan(0);
  });

  it('waits for no client that was gone before its answer was there', async () => {
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
      .poll(() => server.lines, { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ msg: 'request', status: 499 }));
    leave();
    await setTimeout(300);
    expect(server.lines.map(({ msg }) => msg)).not.toContain('answer not taken in time');
  });

  it('leaves a client alone that takes its answer', async () => {
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
