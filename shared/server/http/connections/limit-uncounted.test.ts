import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HubError } from '../../../errors/hub-error.js';
import { openTestServer, type TestServer } from '../operations/test-graphql.js';
import { NetworkBudget } from './limit-requests.js';

type Lines = readonly string[];

/** Sends a request again and again on connections of one network, and returns the responses. */
async function repeat({ origin }: TestServer, localAddress: string, lines: Lines, times: number) {
  const statuses: number[] = [];
  const count = 8;
  for (let sent = 0; sent < times; sent += count) {
    const socket = connect({ port: Number(new URL(origin).port), host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined);
    const head = [...lines, 'Host: x'].join('\r\n');
    socket.write(`${head}\r\n\r\n`.repeat(count - 1) + `${head}\r\nConnection: close\r\n\r\n`);
    const closed = once(socket, 'close').catch(() => undefined);
    const received = await text(socket).catch(() => '');
    await closed;
    for (const [, status] of received.matchAll(/HTTP\/1\.1 (\d+)/g)) statuses.push(Number(status));
  }
  return statuses;
}

/** A network may then send 40 requests at once, and 20 a second. */
const openBudget = () => new NetworkBudget(25);
const query = ['GET /graphql?query={greeting} HTTP/1.1', 'Accept: application/json'];

// Only on these systems, every address of 127.0.0.0/8 is this machine.
describe.skipIf(process.platform === 'darwin')('a network whose requests nobody counts', () => {
  // On a slow machine it would rest between its requests.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['unknown paths', ['GET /nothing HTTP/1.1'], 404],
    ['malformed paths', ['GET /%zz HTTP/1.1'], 400],
    ['probes', ['GET /health/live HTTP/1.1'], 200],
    ['other methods', ['DELETE /graphql HTTP/1.1'], 405],
    [
      'preflight requests',
      [
        'OPTIONS /graphql HTTP/1.1',
        'Origin: https://allowed.example',
        'Access-Control-Request-Method: POST',
      ],
      204,
    ],
  ])(
    'is disconnected until it has rested, and others are not: %s',
    async (_what, lines, status) => {
      await using server = await openTestServer({
        budget: openBudget(),
        allowedOrigins: ['https://allowed.example'],
      });
      const statuses = await repeat(server, '127.0.0.8', lines, 400);
      expect(statuses.length).toBeGreaterThanOrEqual(40);
      expect(statuses.length).toBeLessThan(400);
      expect(new Set(statuses)).toEqual(new Set([status]));
      expect(await repeat(server, '127.0.0.7', query, 8)).toEqual(Array(8).fill(200));
      vi.advanceTimersByTime(60_000);
      await expect
        .poll(() => repeat(server, '127.0.0.8', query, 8), { interval: 250 })
        .toEqual(Array(8).fill(200));
    },
  );

  it('is disconnected sooner if it sends long bodies that an unknown caller has signed', async () => {
    await using server = await openTestServer({
      budget: openBudget(),
      createContext: () => Promise.reject(new HubError('UNAUTHENTICATED')),
    });
    const body = ' '.repeat(200_000);
    const ask = () =>
      fetch(`${server.origin}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }).then(
        ({ status }) => status,
        () => 'disconnected',
      );
    // The client learns why, once.
    expect(await ask()).toBe(401);
    expect(await ask()).toBe('disconnected');
  });

  it('may send as many requests as it likes that are counted for a caller', async () => {
    await using server = await openTestServer({ budget: openBudget() });
    expect(await repeat(server, '127.0.0.8', query, 400)).toEqual(Array(400).fill(200));
  });
});
