import { once } from 'node:events';
import { connect, constants, type ClientHttp2Session } from 'node:http2';
import { Agent, request } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultLimits, type ConnectionLimits } from '../../../graphql/limits/limits.js';
import { silentLogger } from '../../../system/logger.js';
import { createAuthority, openPemFolder } from '../../../testing/certificates.js';
import { createDisposableStack } from '../../../testing/disposable-stack.js';
import { openTls } from '../../tls/open-tls.js';
import { readJson } from '../bodies/read-json.js';
import { createHttpServer, listen } from '../http-server.js';
import { NetworkBudget } from './limit-requests.js';
import { ask, beginPost, long, openImpatient, replyTo } from './test-http2.js';

/** A server that speaks both, and clients of it. */
async function open(limits: Partial<ConnectionLimits> = {}, budget?: NetworkBudget) {
  const stack = createDisposableStack();
  const folder = stack.use(await openPemFolder());
  const authority = await createAuthority();
  const served = await folder.writePair('server', await authority.issue());
  const tls = openTls({ served }, silentLogger);
  const atEnd = (end: () => unknown) =>
    stack.use({ [Symbol.asyncDispose]: async () => void (await end()) });
  atEnd(() => tls[Symbol.dispose]());
  const http = await createHttpServer({
    logger: silentLogger,
    limits: { ...defaultLimits, ...limits },
    tls: tls.served,
    http2: true,
    budget,
  });
  atEnd(() => http.close());
  let goOn: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (goOn = resolve));
  atEnd(() => goOn());
  const waiting = { count: 0 };
  http.get('/', ({ protocol, ip, host }) => ({ protocol, ip, host }));
  http.post('/', (request) => ({ length: JSON.stringify(readJson(request)).length }));
  http.get('/large', () => 'x'.repeat(5_000_000));
  http.get('/slow', async () => {
    waiting.count += 1;
    await released;
    return { slow: true };
  });
  const origin = await listen(http, 0);
  const url = `https://localhost:${new URL(origin).port}`;
  const openSession = (settings = {}, localAddress = '127.0.0.1'): ClientHttp2Session => {
    const options = { ca: authority.cert, settings, localAddress };
    const session = connect(url, options);
    session.on('error', () => undefined);
    atEnd(() => session.destroy());
    return session;
  };
  return {
    http,
    url,
    authority,
    waiting,
    goOn: () => goOn(),
    openSession,
    [Symbol.asyncDispose]: () => stack[Symbol.asyncDispose](),
  };
}

const { NGHTTP2_REFUSED_STREAM, NGHTTP2_ENHANCE_YOUR_CALM, NGHTTP2_INTERNAL_ERROR } = constants;

describe('a server with HTTP/2', () => {
  afterEach(() => void vi.useRealTimers());

  it('answers clients of HTTP/2, and those of HTTP/1.1', async () => {
    await using server = await open();
    const host = new URL(server.url).host;
    const expected = { protocol: 'https', ip: '127.0.0.1', host };
    const { status, body = '' } = await ask(server.openSession());
    expect([status, JSON.parse(body)]).toEqual([200, expected]);
    const dispatcher = new Agent({ connect: { ca: server.authority.cert } });
    const old = await request(server.url, { dispatcher });
    expect([old.statusCode, await old.body.json()]).toEqual([200, expected]);
    await dispatcher.destroy();
  });

  it('serves a hundred requests at a time on one connection', async () => {
    await using server = await open();
    const session = server.openSession();
    const replies = Array.from({ length: 100 }, () => ask(session, '/slow'));
    await expect.poll(() => server.waiting.count).toBe(100);
    server.goOn();
    for (const { status } of await Promise.all(replies)) expect(status).toBe(200);
  });

  it('responds 413 to a body that is too large, announced or not', async () => {
    await using server = await open({ bodyBytes: 1_000 });
    const session = server.openSession();
    const body = JSON.stringify('x'.repeat(100_000));
    for (const headers of [{}, { 'content-length': body.length }]) {
      const stream = beginPost(session, headers);
      stream.end(body);
      const reply = await replyTo(stream);
      expect(reply.status).toBe(413);
      expect(reply.body).toContain('REQUEST_TOO_LARGE');
    }
    const small = beginPost(session);
    small.end('"x"');
    expect((await replyTo(small)).body).toBe('{"length":3}');
  });

  it('refuses large headers, and two names of the host', async () => {
    await using server = await open();
    const session = server.openSession();
    const large = { 'x-large': 'x'.repeat(20_000) };
    // The client knows the limit only after its first request, and then the connection refuses it.
    expect(await ask(session, '/', large)).toMatchObject({ status: 431, rst: 0 });
    expect(await ask(session, '/', large)).not.toHaveProperty('status');
    const other = server.openSession();
    expect((await ask(other, '/', { ':authority': 'localhost', host: 'other' })).status).toBe(400);
    expect((await ask(other)).status).toBe(200);
  });

  // Only on these systems, every address of 127.0.0.0/8 is this machine.
  it.skipIf(process.platform === 'darwin')(
    'closes the connection of a client that cancels requests without end, and no other network’s',
    async () => {
      await using server = await open();
      const bystander = server.openSession({}, '127.0.0.7');
      expect((await ask(bystander)).status).toBe(200);
      const flooder = server.openSession();
      await once(flooder, 'connect');
      while (!flooder.closed && !flooder.destroyed) {
        const streams = Array.from({ length: 100 }, () => flooder.request({ ':path': '/slow' }));
        for (const stream of streams) {
          stream.on('error', () => undefined);
          stream.close(constants.NGHTTP2_CANCEL);
        }
        await Promise.all(streams.map(async (one) => one.closed || once(one, 'close')));
        expect((await ask(bystander)).status).toBe(200);
      }
    },
  );

  it('lets a network that has sent too many uncounted requests read the responses', async () => {
    // The budget allows 40 requests and grows with time, which stands still: a slow machine never spends it otherwise.
    vi.useFakeTimers({ toFake: ['performance'] });
    await using server = await open({}, new NetworkBudget(25));
    const session = server.openSession();
    const slow = ask(session, '/slow');
    await expect.poll(() => server.waiting.count).toBe(1);
    const statuses: (number | undefined)[] = [];
    while (!session.closed && !session.destroyed)
      statuses.push((await ask(session, '/nothing')).status);
    expect(statuses.length).toBeGreaterThan(20);
    expect(new Set(statuses)).toEqual(new Set([404]));
    server.goOn();
    expect((await slow).status).toBe(200);
  });

  it('closes no connection of such a network for its handshake alone', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    const budget = new NetworkBudget();
    await using server = await open({}, budget);
    const slow = ask(server.openSession(), '/slow');
    await expect.poll(() => server.waiting.count).toBe(1);
    budget.take('127.0.0.1', 3_000_000);
    // What the connection sent is looked at for the first time.
    vi.advanceTimersByTime(1_000);
    server.goOn();
    expect((await slow).status).toBe(200);
  });

  it('counts streams as connections: those that wait for their body give way', async () => {
    await using server = await open({ connectionsPerAddress: 3 });
    const session = server.openSession();
    const unfinished = [1, 2, 3].map(() => {
      const stream = beginPost(session);
      stream.write('"');
      return replyTo(stream);
    });
    expect((await ask(session)).status).toBe(200);
    expect(await unfinished[0]).toEqual({ rst: NGHTTP2_ENHANCE_YOUR_CALM });
  });

  it('refuses a stream if all places have an operation, also on other connections', async () => {
    await using server = await open({ connectionsPerAddress: 3 });
    const session = server.openSession();
    const slow = [1, 2, 3].map(() => ask(session, '/slow'));
    await expect.poll(() => server.waiting.count).toBe(3);
    expect(await ask(session)).toEqual({ rst: NGHTTP2_REFUSED_STREAM });
    expect(await ask(server.openSession())).toEqual({ rst: NGHTTP2_REFUSED_STREAM });
    server.goOn();
    for (const { status } of await Promise.all(slow)) expect(status).toBe(200);
    expect((await ask(session)).status).toBe(200);
  });

  it('cuts off a response that is not read in time, and nothing else', async () => {
    await using server = await open({ readingMs: 100 });
    const session = server.openSession({ initialWindowSize: 0 });
    expect(await ask(session, '/large')).toEqual({ status: 200, rst: NGHTTP2_INTERNAL_ERROR });
    expect(session.closed).toBe(false);
  });

  it('finishes requests when it is closed, and says that it takes no more', async () => {
    await using server = await open();
    const session = server.openSession();
    const reply = ask(session, '/slow');
    await expect.poll(() => server.waiting.count).toBe(1);
    const told = once(session, 'goaway');
    const closed = server.http.close();
    await told;
    server.goOn();
    expect((await reply).body).toBe('{"slow":true}');
    await closed;
    await expect.poll(() => session.destroyed).toBe(true);
  });
});

describe('a client of HTTP/2 that waits', () => {
  it('is disconnected if it sends no request, or none for long, whatever it pings', async () => {
    for (const [first, idle] of [
      [100, long],
      [long, 100],
    ] as const) {
      await using server = await openImpatient(first, long, idle);
      if (idle === 100) expect((await ask(server.session)).status).toBe(200);
      const ping = setInterval(() => server.session.closed || server.session.ping(() => 0), 20);
      await expect.poll(() => server.session.destroyed, { timeout: 20_000 }).toBe(true);
      clearInterval(ping);
    }
  });

  it('loses a request whose body does not end, and nothing else', async () => {
    await using server = await openImpatient(long, 100, long);
    const late = beginPost(server.session);
    late.write('"');
    expect(await replyTo(late)).toEqual({ rst: constants.NGHTTP2_CANCEL });
    expect((await ask(server.session)).status).toBe(200);
  });
});
