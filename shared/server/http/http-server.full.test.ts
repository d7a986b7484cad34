import { GraphQLString } from 'graphql';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../graphql/limits/limits.js';
import { silentLogger } from '../../system/logger.js';
import { ListenError, createHttpServer, listen } from './http-server.js';
import {
  type TestContext,
  type TestServer,
  createSignal,
  openTestServer,
  openWaitingServer,
} from './operations/test-graphql.js';

/** Sends raw bytes, and reads until the server closes the connection. */
async function send(server: TestServer, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

const codeOf = async (response: Response): Promise<unknown> =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions
    .code;

describe('listen', () => {
  it('names the port that is in use', async () => {
    await using server = await openTestServer();
    const port = Number(new URL(server.origin).port);
    const http = await createHttpServer({ logger: silentLogger });
    const failure = await listen(http, port).catch((error: unknown) => error);
    await http.close();
    expect(failure).toBeInstanceOf(ListenError);
    expect(failure).toMatchObject({ message: `Port ${port} is in use.`, code: 'EADDRINUSE' });
  });
});

describe('REQUEST_TOO_LARGE', () => {
  it.each([1_100_000, 20_000_000])('rejects a body of %i bytes with 413', async (length) => {
    await using server = await openTestServer();
    const response = await server.post({ query: `# ${'x'.repeat(length)}` });
    expect({ status: response.status, code: await codeOf(response) }).toEqual({
      status: 413,
      code: 'REQUEST_TOO_LARGE',
    });
  });

  it('rejects a body of unknown length as soon as it is too long', async () => {
    await using server = await openTestServer({ limits: { ...defaultLimits, bodyBytes: 1_000 } });
    const body = `${'3e8\r\n'}${'x'.repeat(1_000)}\r\n`.repeat(2);
    const answer = await send(
      server,
      `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${body}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('REQUEST_TOO_LARGE');
  });

  it('rejects headers of more than 16 KB with 431', async () => {
    await using server = await openTestServer();
    const answer = await send(
      server,
      `GET /graphql HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(17_000)}\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(answer).toContain('"code":"REQUEST_TOO_LARGE"');
  });
});

describe('BAD_REQUEST', () => {
  it('is sent for anything that is not HTTP', async () => {
    await using server = await openTestServer();
    const answer = await send(server, 'hello\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"BAD_REQUEST"');
  });

  it('is sent for a malformed URL', async () => {
    await using server = await openTestServer();
    const answer = await send(
      server,
      'GET /%ff%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"BAD_REQUEST"');
    expect(answer).toContain('The path is not encoded as RFC 3986 says.');
  });

  it('is sent for a part of a path that is too long, which the limits see too', async () => {
    const http = await createHttpServer({ logger: silentLogger });
    http.get('/things/:name', () => 'found');
    const origin = await listen(http, 0);
    const response = await fetch(`${origin}/things/${'x'.repeat(200)}`);
    const { headers, status } = response;
    expect([status, headers.get('cache-control')]).toEqual([414, 'no-store']);
    expect(await response.json()).toEqual({
      errors: [{ message: 'A part of the path is too long.', extensions: { code: 'BAD_REQUEST' } }],
    });
    await http.close();
  });
});

describe('NOT_FOUND', () => {
  it.each(['GET', 'POST', 'DELETE'])('is sent for %s on an unknown path', async (method) => {
    await using server = await openTestServer();
    const response = await fetch(`${server.origin}/jane@example.org`, { method });
    expect({ status: response.status, code: await codeOf(response) }).toEqual({
      status: 404,
      code: 'NOT_FOUND',
    });
  });
});

describe('createHttpServer', () => {
  it('does not parse bodies, whose work would be charged to nobody', async () => {
    await using server = await openTestServer();
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${server.origin}/jane`, { method: 'POST', body: '{', headers });
    expect(response.status).toBe(404);
  });

  it('is not raised, and nothing is executed, for clients that disconnected meanwhile', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'error' }, { write: (line) => void lines.push(line) });
    const http = await createHttpServer({ logger });
    const executed: (string | undefined)[] = [];
    http.post('/', ({ ip }) => executed.push(ip));
    const port = Number(new URL(await listen(http, 0)).port);
    for (let round = 0; round < 20; round += 1) {
      const sockets = Array.from({ length: 50 }, () => connect(port, '127.0.0.1'));
      await Promise.all(sockets.map((socket) => once(socket, 'connect')));
      for (const socket of sockets) {
        socket.on('error', () => undefined);
        socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}');
        socket.resetAndDestroy();
      }
      await setTimeout(5);
    }
    await http.close();
    expect(executed.filter((ip) => ip === undefined)).toEqual([]);
    expect(lines).toEqual([]);
  });
});

describe('the log', () => {
  it('has a line for each request, without any text of the client', async () => {
    await using server = await openTestServer();
    await server.post(
      { query: '{ echo(on: "2009-09-13") }' },
      { 'x-request-id': 'request-1', authorization: 'Bearer jane' },
    );
    await fetch(`${server.origin}/graphql?query={greeting}&operationName=jane`);
    await fetch(`${server.origin}/jane`);
    await fetch(`${server.origin}/health/live`);
    const lines = server.lines.filter(({ msg }) => msg === 'request');
    expect(lines).toMatchObject([
      { requestId: 'request-1', method: 'POST', path: '/graphql', status: 200 },
      { method: 'GET', path: '/graphql', status: 400 },
      { method: 'GET', path: 'unknown', status: 404 },
    ]);
    expect(lines.every(({ durationMs }) => typeof durationMs === 'number')).toBe(true);
    expect(JSON.stringify(server.lines)).not.toMatch(/jane|2009/);
  });

  it('has status 499 for pipelined requests of a client that disconnected', async () => {
    const { server, entered, opened } = await openWaitingServer();
    await using _ = server;
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1');
    const question = 'GET /graphql?query={slow} HTTP/1.1\r\nHost: x\r\n\r\n';
    socket.write(question.repeat(8));
    await entered.promise;
    await setTimeout(100);
    socket.destroy();
    const gone = () => server.lines.filter(({ status }) => status === 499);
    await expect.poll(gone).toHaveLength(8);
    opened.resolve();
  });

  it('has status 499 for a client that disconnected', async () => {
    const entered = createSignal();
    const slow = {
      type: GraphQLString,
      async resolve(_source: unknown, _given: unknown, { signal }: TestContext) {
        entered.resolve();
        await new Promise<void>((resolve) => signal.addEventListener('abort', resolve));
      },
    };
    await using server = await openTestServer({ fields: { slow } });
    const client = new AbortController();
    const answer = fetch(`${server.origin}/graphql?query={slow}`, { signal: client.signal });
    await entered.promise;
    client.abort();
    await expect(answer).rejects.toThrow();
    await expect
      .poll(() => server.lines)
      .toContainEqual(expect.objectContaining({ path: '/graphql', status: 499 }));
  });
});

describe('allowedOrigins', () => {
  const sandbox = 'https://studio.apollographql.com';

  it('allows pages of an allowed origin to send requests and read responses', async () => {
    await using server = await openTestServer({ allowedOrigins: [sandbox] });
    const preflight = await fetch(`${server.origin}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin: sandbox,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(sandbox);
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'authorization,content-type',
    );
    const answer = await server.post({ query: '{ greeting }' }, { origin: sandbox });
    expect(answer.headers.get('access-control-allow-origin')).toBe(sandbox);
    expect(answer.headers.get('vary')).toContain('Origin');
  });

  it('sends no CORS headers to any other origin', async () => {
    await using server = await openTestServer({ allowedOrigins: [sandbox] });
    const preflight = await fetch(`${server.origin}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.org', 'access-control-request-method': 'POST' },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the request log', () => {
  it('has the organisation, the role and the operation, and not the person', async () => {
    const reader = {
      kind: 'person',
      organisation: 'no',
      subject: 'anna.hansen',
      role: 'analyst',
      purpose: undefined,
    } as const;
    await using server = await openTestServer({
      createContext: async ({ requestId, watchClient }) => ({
        requestId,
        signal: watchClient(),
        reader,
      }),
    });
    await server.post({ query: 'query Greeting { greeting }' });
    await server.post({ query: '{ greeting }' });
    const seen = () =>
      server.lines
        .filter(({ path }) => path === '/graphql')
        .map(({ organisation, role, operation }) => ({ organisation, role, operation }));
    await expect.poll(seen).toEqual(
      ['Greeting', undefined].map((operation) => ({
        organisation: 'no',
        role: 'analyst',
        operation,
      })),
    );
    expect(JSON.stringify(server.lines)).not.toContain('hansen');
  });
});

/** The whole response to a GET with these headers. */
function ask(origin: string, headers: readonly string[], version = '1.1'): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  const request = `GET /graphql?query={greeting} HTTP/${version}`;
  socket.write([request, ...headers, 'Connection: close', '', ''].join('\r\n'));
  return text(socket);
}

/** The first line of the response. */
const statusOf = async (origin: string, headers: readonly string[]): Promise<string | undefined> =>
  (await ask(origin, headers)).split('\r\n')[0];

describe('BAD_REQUEST', () => {
  it.each([
    ['Host', ['Host: a', 'host: b']],
    ['Authorization', ['Host: a', 'Authorization: Bearer x', 'AUTHORIZATION: Bearer y']],
    ['Content-Type', ['Host: a', 'Content-Type: text/plain', 'Content-Type: application/json']],
  ])('is raised for two headers %s', async (_name, headers) => {
    await using server = await openTestServer();
    expect(await statusOf(server.origin, headers)).toBe('HTTP/1.1 400 Bad Request');
  });

  it('is not raised for other repeated headers', async () => {
    await using server = await openTestServer();
    const headers = ['Host: a', 'Accept: */*', 'Accept: text/html', 'X-A: 1', 'X-A: 2'];
    expect(await statusOf(server.origin, headers)).toBe('HTTP/1.1 200 OK');
  });

  it('is raised for HTTP/1.1 without Host, with a body like every refusal', async () => {
    await using server = await openTestServer();
    const [head = '', body = ''] = (await ask(server.origin, ['Accept: */*'])).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    expect(head).toMatch(/^content-type: application\/(graphql-response\+)?json/m);
    expect(JSON.parse(body)).toEqual({
      errors: [{ message: 'The header `host` is required.', extensions: { code: 'BAD_REQUEST' } }],
    });
  });

  it('is not raised for HTTP/1.0, which has no Host', async () => {
    await using server = await openTestServer();
    expect(await ask(server.origin, [], '1.0')).toMatch(/^HTTP\/1\.1 200 OK/);
  });
});
