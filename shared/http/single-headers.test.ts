import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openTestServer } from './test-graphql.js';

/** The first line of the response to a GET with these headers. */
async function statusOf(origin: string, headers: readonly string[]): Promise<string | undefined> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  const lines = ['GET /graphql?query={greeting} HTTP/1.1', ...headers, 'Connection: close', '', ''];
  socket.write(lines.join('\r\n'));
  return (await text(socket)).split('\r\n')[0];
}

describe('BAD_REQUEST', () => {
  it.each([
    ['Host', ['Host: a', 'host: b']],
    ['Authorization', ['Host: a', 'Authorization: Bearer x', 'AUTHORIZATION: Bearer y']],
    ['Content-Type', ['Host: a', 'Content-Type: text/plain', 'Content-Type: application/json']],
  ])('is raised by two headers %s', async (_name, headers) => {
    await using server = await openTestServer();
    expect(await statusOf(server.origin, headers)).toBe('HTTP/1.1 400 Bad Request');
  });

  it('is not raised by other headers that are there twice', async () => {
    await using server = await openTestServer();
    const headers = ['Host: a', 'Accept: */*', 'Accept: text/html', 'X-A: 1', 'X-A: 2'];
    expect(await statusOf(server.origin, headers)).toBe('HTTP/1.1 200 OK');
  });
});
