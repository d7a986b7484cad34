import fastify from 'fastify';
import { once } from 'node:events';
import { connect, type ClientHttp2Session, type OutgoingHttpHeaders } from 'node:http2';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { defaultLimits } from '../../../graphql/limits/limits.js';
import { useConnectionCaps } from './connection-limits.js';
import { openHttp2 } from './http2-sessions.js';
import { NetworkBudget } from './limit-requests.js';

/** A response, or the code with which the stream was closed. */
export interface Reply {
  readonly status?: number;
  readonly body?: string;
  readonly rst: number;
}

export const beginPost = (session: ClientHttp2Session, headers: OutgoingHttpHeaders = {}) => {
  const stream = session.request({
    ':method': 'POST',
    'content-type': 'application/json',
    ...headers,
  });
  stream.on('error', () => undefined);
  return stream;
};

export async function replyTo(stream: ReturnType<ClientHttp2Session['request']>): Promise<Reply> {
  let status: number | undefined;
  stream.on('error', () => undefined);
  stream.once('response', (headers) => (status = headers[':status']));
  const closed = stream.closed ? undefined : once(stream, 'close').catch(() => undefined);
  const body = await text(stream).catch(() => undefined);
  await closed;
  return {
    ...(status !== undefined && { status }),
    ...(body && { body }),
    rst: stream.rstCode ?? 0,
  };
}

export const ask = (session: ClientHttp2Session, path = '/', headers: OutgoingHttpHeaders = {}) =>
  replyTo(session.request({ ':path': path, ...headers }));

export const long = 1_000_000;

/** A server without TLS, whose times may be short. */
export async function openImpatient(headersMs = long, requestMs = long, idleMs = long) {
  const http = fastify();
  http.get('/', () => 'here');
  http.post('/', () => 'here');
  const budget = new NetworkBudget();
  const caps = useConnectionCaps(http, defaultLimits, budget);
  const sessions = openHttp2(http, caps, budget, {
    headerBytes: 16_384,
    headersMs,
    requestMs,
    idleMs,
  });
  await http.ready();
  const server = createServer((socket) => sessions.accept(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const session = connect(`http://127.0.0.1:${port}`);
  session.on('error', () => undefined);
  return {
    port,
    session,
    async [Symbol.asyncDispose]() {
      session.destroy();
      sessions.close(0);
      await http.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
