import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLoopClock } from '../../process/workers/loop-clock.js';
import { createPartnerClient, type PartnerClientOptions } from './partner-client.js';
import type { PartnerCall } from './partner-port.js';
import { callOf } from './test-call.js';
import { TurnBudget } from './turn-budget.js';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** A partner that responds as the test says, and the hub’s client for it. */
async function serve(
  handler: Handler,
  { deadlineMs = 2_000, maxResponseBytes = 1_000 } = {},
  options: PartnerClientOptions = {},
) {
  const requests: { body: string; request: IncomingMessage }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      requests.push({ body, request });
      handler(request, response, requests.length);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/graphql?at=here`;
  const settings = { code: 'north', url, deadlineMs, maxResponseBytes };
  const client = createPartnerClient(settings, undefined, options);
  onTestFinished(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });
  const ask = (call: Partial<PartnerCall> = {}) =>
    client.ask(callOf({ variables: { v: 1 }, operationName: 'Op', ...call }));
  return { ask, requests, client };
}

const json = { 'content-type': 'application/json' };
const send =
  (body: string | Buffer, headers: Record<string, string | number> = {}, status = 200): Handler =>
  (_, response) =>
    void response.writeHead(status, { ...json, ...headers }).end(body);

describe('createPartnerClient', () => {
  it('posts the operation with the headers that a partner needs, and no others', async () => {
    const { ask, requests } = await serve(send('{"data":{"x":1}}'));
    expect(await ask()).toEqual({ json: { data: { x: 1 } }, httpStatus: 200 });
    const [sent] = requests;
    expect(JSON.parse(sent?.body ?? '')).toEqual({
      query: '{ x }',
      variables: { v: 1 },
      operationName: 'Op',
    });
    expect(sent?.request).toMatchObject({ method: 'POST', url: '/graphql?at=here' });
    expect(sent?.request.headers).toMatchObject({
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      'x-request-id': 'request-1',
    });
    expect(sent?.request.headers.authorization).toBeUndefined();
  });

  it('accepts GraphQL’s own media type with any status', async () => {
    const type = { 'content-type': 'application/graphql-response+json; charset=utf-8' };
    const { ask } = await serve(send('{"errors":[]}', type, 400));
    expect(await ask()).toEqual({ json: { errors: [] }, httpStatus: 400 });
  });

  it.each([
    ['a redirect', send('', { location: 'http://127.0.0.1:1/' }, 302), 'INVALID_RESPONSE'],
    ['a redirect of a post', send('{}', { location: '/elsewhere' }, 308), 'INVALID_RESPONSE'],
    ['401', send('{}', {}, 401), 'REFUSED'],
    ['a page', send('<p>', { 'content-type': 'text/html' }), 'INVALID_RESPONSE'],
    ['an error page', send('<p>', { 'content-type': 'text/html' }, 502), 'UNAVAILABLE'],
    ['no type', send('{}', { 'content-type': '' }), 'INVALID_RESPONSE'],
    [
      'a type that begins like JSON’s',
      send('{}', { 'content-type': 'application/jsonlines' }),
      'INVALID_RESPONSE',
    ],
    ['a body that is not JSON', send('{x}'), 'INVALID_RESPONSE'],
    ['a body that is not JSON, with an error status', send('{x}', {}, 500), 'UNAVAILABLE'],
    ['nothing', send(''), 'INVALID_RESPONSE'],
    ['bytes that are not UTF-8', send(Buffer.from([0x22, 0xc3, 0x28, 0x22])), 'INVALID_RESPONSE'],
    ['surrogates as bytes', send(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])), 'INVALID_RESPONSE'],
    [
      'an encoding that was not asked for',
      send('{}', { 'content-encoding': 'gzip' }),
      'INVALID_RESPONSE',
    ],
    ['a length over the maximum', send('"', { 'content-length': 1_001 }), 'RESPONSE_TOO_LARGE'],
    [
      'a body over the maximum',
      send(JSON.stringify('x'.repeat(999)), { 'transfer-encoding': 'chunked' }),
      'RESPONSE_TOO_LARGE',
    ],
    [
      'a connection that is closed',
      ((_, response) => response.destroy()) satisfies Handler,
      'UNAVAILABLE',
    ],
  ])('reports %s as a failure', async (_, handler: Handler, failure) => {
    const { ask } = await serve(handler);
    expect(await ask()).toMatchObject({ failure });
  });

  it('accepts a body of exactly the maximum, with and without its length', async () => {
    const body = JSON.stringify('x'.repeat(998));
    expect(await (await serve(send(body))).ask()).toMatchObject({ httpStatus: 200 });
    const chunked = await serve(send(body, { 'transfer-encoding': 'chunked' }));
    expect(await chunked.ask()).toMatchObject({ httpStatus: 200 });
  });

  it('refuses long responses only, while their partner has used up its time', async () => {
    let ms = 0;
    const budget = new TurnBudget(() => ms);
    const long = JSON.stringify('x'.repeat(100_000));
    const respond: Handler = (request, response, count) => {
      // With its length, and in pieces.
      if (count % 3 === 0) send('{}')(request, response, count);
      else
        send(long, count % 3 === 1 ? {} : { 'transfer-encoding': 'chunked' })(
          request,
          response,
          count,
        );
    };
    const { ask } = await serve(respond, { maxResponseBytes: 1_000_000 }, { budget });
    const askThree = async () => {
      const responses = [await ask(), await ask(), await ask()];
      return responses.map((response) => ('failure' in response ? response.failure : 'read'));
    };
    expect(await askThree()).toEqual(['read', 'read', 'read']);
    budget.charge(1_120);
    expect(await askThree()).toEqual(['RESPONSE_TOO_LARGE', 'RESPONSE_TOO_LARGE', 'read']);
    // More than the least: what reading takes is charged in real time of the CPU.
    ms += 12_000;
    expect(await askThree()).toEqual(['read', 'read', 'read']);
  });

  it('keeps its connections after complete responses', async () => {
    const { ask, requests } = await serve(send('{}'));
    for (let count = 0; count < 10; count++) await ask();
    // The pool may open a second connection if the first is not free again in the same turn.
    const ports = new Set(requests.map(({ request }) => request.socket.remotePort));
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it('sends the request once more if the connection closed before a response', async () => {
    const { ask, requests } = await serve((request, response, count) =>
      count === 1 ? response.destroy() : send('{}')(request, response, count),
    );
    expect(await ask()).toMatchObject({ httpStatus: 200 });
    expect(requests).toHaveLength(2);
  });

  it('never repeats a mutation', async () => {
    const { ask, requests } = await serve((_, response) => response.destroy());
    expect(await ask({ isRepeatable: false })).toMatchObject({ failure: 'UNAVAILABLE' });
    expect(requests).toHaveLength(1);
  });

  it.each([413, 429, 431])(
    'accepts the status %s as a response, also from a proxy',
    async (status) => {
      const { ask } = await serve(send('<p>', { 'content-type': 'text/html' }, status));
      expect(await ask()).toEqual({ json: {}, httpStatus: status });
    },
  );

  it('stops at its own deadline, before and within the body', async () => {
    const silent = await serve(() => undefined, { deadlineMs: 50 });
    expect(await silent.ask()).toMatchObject({ failure: 'TIMED_OUT' });
    const slow = await serve((_, response) => response.writeHead(200, json).write('{'), {
      deadlineMs: 50,
    });
    expect(await slow.ask()).toMatchObject({ failure: 'TIMED_OUT' });
  });

  it('says nothing about the partner if the operation had less than half of its time', async () => {
    const { ask } = await serve(() => undefined, { deadlineMs: 200 });
    expect(await ask({ deadline: Date.now() + 50 })).toMatchObject({ isSecondHand: true });
    expect(await ask()).not.toHaveProperty('isSecondHand');
  });

  it('signs how long the partner may take: less than the hub waits, or than the operation has left', async () => {
    const told: number[] = [];
    const client = createPartnerClient(
      { code: 'north', url: 'http://127.0.0.1:1/', deadlineMs: 5_000, maxResponseBytes: 1_000 },
      ({ timeLeftMs }) => {
        told.push(timeLeftMs);
        return {};
      },
    );
    onTestFinished(() => client.close());
    await client.ask(callOf({ isRepeatable: false }));
    await client.ask(callOf({ isRepeatable: false, deadline: Date.now() + 2_000 }));
    expect(told).toEqual([expect.closeTo(4_500, -2), expect.closeTo(1_800, -2)]);
  });

  it('stops at the operation’s deadline, and does not start after it', async () => {
    const { ask, requests } = await serve(() => undefined);
    expect(await ask({ deadline: Date.now() + 50 })).toMatchObject({ failure: 'TIMED_OUT' });
    expect(await ask({ deadline: Date.now() - 1 })).toMatchObject({ failure: 'TIMED_OUT' });
    expect(requests).toHaveLength(1);
  });

  it('closes the connection when the client disconnects, and does not start after it', async () => {
    const partner = new EventEmitter();
    const asked = once(partner, 'asked');
    const gone = once(partner, 'gone');
    const { ask, requests } = await serve((_, response) => {
      response.once('close', () => partner.emit('gone'));
      partner.emit('asked');
    });
    const client = new AbortController();
    const asking = ask({ signal: client.signal });
    await asked;
    client.abort();
    expect(await asking).toMatchObject({ failure: 'UNAVAILABLE' });
    await gone;
    expect(await ask({ signal: client.signal })).toMatchObject({ failure: 'UNAVAILABLE' });
    expect(requests).toHaveLength(1);
  });

  it('goes on waiting if a partner says that it is at work', async () => {
    const { ask } = await serve((request, response, count) => {
      response.writeProcessing();
      send('{"data":null}')(request, response, count);
    });
    expect(await ask()).toEqual({ json: { data: null }, httpStatus: 200 });
  });

  it('lets callers take turns, and never sends a call that was cancelled while it waited', async () => {
    const held: ServerResponse[] = [];
    const { ask, requests } = await serve((_, response) => void held.push(response));
    const flood = { caller: { group: 'dk', member: 'flood' } };
    const first = Array.from({ length: 24 }, () => ask(flood));
    const refused = await ask({ ...flood, deadline: Date.now() + 100 });
    expect(refused).toMatchObject({ failure: 'OVERLOADED' });
    await expect.poll(() => held.length).toBe(24);
    void ask({ caller: { group: 'fi', member: 'other' } });
    await expect.poll(() => held.length).toBe(25);
    for (const response of held) response.writeHead(200, json).end('{}');
    for (const answer of await Promise.all(first)) expect(answer).toMatchObject({ json: {} });
    // One more call: anything that waited before it would have been sent by now.
    const last = ask(flood);
    await expect.poll(() => held.length).toBeGreaterThan(25);
    held.at(-1)?.writeHead(200, json).end('{}');
    await last;
    expect(requests).toHaveLength(26);
  });

  it('does not count the time in which this process was busy against the partner', async () => {
    let time = 0;
    using clock = createLoopClock(() => time);
    const held: ServerResponse[] = [];
    const hold: Handler = (_, response) => void held.push(response);
    const partner = await serve(hold, { deadlineMs: 100 }, { clock });
    const asking = partner.ask();
    await expect.poll(() => held.length).toBe(1);
    time += 60_000;
    const other = await serve(hold, { deadlineMs: 100 });
    // Its timer fires after that of the first call.
    expect(await other.ask()).toMatchObject({ failure: 'TIMED_OUT' });
    held[0]?.writeHead(200, json).end('{}');
    expect(await asking).toMatchObject({ httpStatus: 200 });
  });

  it('reports how long each response took, and no failure', async () => {
    const times: number[] = [];
    const respond = send('{}');
    const { ask } = await serve(
      (request, response, count) =>
        count === 1 ? respond(request, response, count) : response.destroy(),
      {},
      { onResponseTime: (ms) => times.push(ms) },
    );
    expect(await ask()).toMatchObject({ httpStatus: 200 });
    expect(await ask()).toHaveProperty('failure');
    expect(times).toEqual([expect.any(Number)]);
  });

  it('reports UNAVAILABLE if nothing listens on the port', async () => {
    const server = createServer();
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    const client = createPartnerClient({
      code: 'north',
      url: `http://127.0.0.1:${port}/`,
      deadlineMs: 1_000,
      maxResponseBytes: 1_000,
    });
    onTestFinished(() => client.close());
    const answer = await client.ask(callOf());
    expect(answer).toMatchObject({ failure: 'UNAVAILABLE' });
  });
});
