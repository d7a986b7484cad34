import { GraphQLString } from 'graphql';
import { once } from 'node:events';
import { Agent, request as ask, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { idleTimeoutMs } from './drain.js';
import { openTestServer, openWaitingServer, type TestServer } from './operations/test-graphql.js';

describe('close', () => {
  it('completes requests, and closes idle connections at once', async () => {
    const { server, entered, opened } = await openWaitingServer();
    const agent = new Agent({ keepAlive: true });
    const idle = ask(`${server.origin}/health/live`, { agent }).end();
    const [idleResponse] = await once(idle, 'response');
    await text(idleResponse);
    const answer = server.post({ query: '{ slow }' });
    await entered.promise;
    const closed = server.http.close();
    await expect.poll(() => server.http.server.listening).toBe(false);
    opened.resolve();
    const response = await answer;
    expect(await response.json()).toEqual({ data: { slow: 'done' } });
    expect(response.headers.get('connection')).toBe('close');
    await closed;
    await expect(server.post({ query: '{ greeting }' })).rejects.toThrow();
  });

  it('serves a request that arrives on an idle connection, and then closes the connection', async () => {
    const { server } = await openWaitingServer({ ms: 8_000, idleMs: 5_000 });
    const agent = new Agent({ keepAlive: true });
    const get = async () => {
      const request = ask(`${server.origin}/health/live`, { agent }).end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      await text(response);
      return { isReused: request.reusedSocket, connection: response.headers.connection };
    };
    await get();
    const closed = server.http.close();
    await expect.poll(() => server.http.server.listening).toBe(false);
    expect(await get()).toEqual({ isReused: true, connection: 'close' });
    await closed;
  });

  it('cuts off requests that do not end in time', async () => {
    const { server, entered, opened } = await openWaitingServer({ ms: 50 });
    const answer = server.post({ query: '{ slow }' });
    await entered.promise;
    const closed = server.http.close();
    await expect(answer).rejects.toThrow();
    await closed;
    opened.resolve();
  });
});

describe('close before a client has read its response', () => {
  const length = 10_000_000;
  const long = { type: GraphQLString, resolve: () => 'x'.repeat(length) };

  /** Requests more than the system buffers, and reads only the beginning. */
  async function askForLong({ origin }: TestServer): Promise<Socket> {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.write(
      'GET /graphql?query={long} HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n',
    );
    await once(socket, 'readable');
    return socket;
  }

  it('sends the whole response before the connection ends', async () => {
    const server = await openTestServer({ fields: { long } });
    const socket = await askForLong(server);
    const closed = server.http.close();
    await expect.poll(() => server.http.server.listening).toBe(false);
    expect((await text(socket)).length).toBeGreaterThan(length);
    await closed;
  });

  it('then keeps the connection as long as any other idle one', async () => {
    const server = await openTestServer({
      fields: { long },
      drain: () => ({ ms: 8_000, idleMs: 5_000 }),
    });
    const socket = await askForLong(server);
    const closed = server.http.close();
    await expect.poll(() => server.http.server.listening).toBe(false);
    let read = '';
    socket.setEncoding('utf8').on('data', (part) => (read += part));
    await expect.poll(() => read.length).toBeGreaterThan(length);
    expect(read).not.toMatch(/^connection: close/im);
    socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'end');
    expect(read).toMatch(/HTTP\/1\.1 200 OK[^{]*connection: close/i);
    await closed;
  });
});

describe('keep-alive', () => {
  it('tells clients how long to keep an idle connection, but not on a closing one', async () => {
    const server = await openTestServer();
    const tell = async () =>
      (await fetch(`${server.origin}/health/live`)).headers.get('keep-alive');
    expect(await tell()).toBe(`timeout=${idleTimeoutMs / 1_000}`);
    const drained = await openWaitingServer({ ms: 8_000, idleMs: 5_000 });
    const socket = connect(Number(new URL(drained.server.origin).port), '127.0.0.1');
    await once(socket, 'connect');
    const closed = drained.server.http.close();
    await expect.poll(() => drained.server.http.server.listening).toBe(false);
    socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await text(socket)).not.toMatch(/keep-alive/i);
    await closed;
    await server.http.close();
  });
});
