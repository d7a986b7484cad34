import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openTestServer } from './operations/test-graphql.js';

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
