import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A partner’s response on its way to the hub. */
interface WireResponse {
  readonly response: ServerResponse;
  readonly socket: Socket;
  readonly body: Buffer;
  readonly redirectTo: string;
  /** Aborted when the client disconnects or the proxy closes. */
  readonly signal: AbortSignal;
  /** The time between two bytes of a drip, in milliseconds. */
  readonly everyMs: number;
}

/** An endless response ends here, so that a failing test does not fill the memory. */
export const oversizeBytes = 512 * 1024 * 1024;

const json = 'application/json; charset=utf-8';
const head = (status: string, ...headers: string[]) =>
  ['HTTP/1.1 ' + status, ...headers, '', ''].join('\r\n');
const half = (body: Buffer) => body.subarray(0, Math.max(1, body.length >> 1));

const untilGone = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  headers = {},
): void {
  response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}

const withStatus =
  (status: number) =>
  ({ response }: WireResponse) =>
    send(response, status, 'text/plain', status === 204 ? '' : `status ${status}`);

async function drip({ socket, body, signal, everyMs }: WireResponse): Promise<void> {
  const whole = Buffer.concat([
    Buffer.from(head('200 OK', `content-type: ${json}`, `content-length: ${body.length}`)),
    body,
  ]);
  socket.setNoDelay(true);
  for (const byte of whole) {
    if (signal.aborted) return;
    socket.write(Buffer.of(byte));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

async function oversize({ response, signal }: WireResponse): Promise<void> {
  const chunk = Buffer.alloc(64 * 1024, 'a');
  response.writeHead(200, { 'content-type': json });
  response.write('{"data":{"endless":"');
  for (let sent = 0; sent < oversizeBytes && !signal.aborted; sent += chunk.length) {
    if (response.write(chunk)) continue;
    await once(response, 'drain', { signal }).catch(() => undefined);
  }
  response.destroy();
}

const nested = 200_000;

/** Faults of the connection: a response that is late, cut off, too large, or not GraphQL. */
export const wireFaults = {
  resetBefore: ({ socket }) => void socket.resetAndDestroy(),
  resetMidway: ({ socket, body, everyMs }) => {
    socket.write(head('200 OK', `content-type: ${json}`, `content-length: ${body.length}`));
    // Before or right after the write, the connection would only be closed, not reset.
    socket.write(half(body), () => setTimeout(() => socket.resetAndDestroy(), everyMs));
  },
  hang: ({ signal }) => untilGone(signal),
  hangMidway: ({ socket, body, signal }) => {
    socket.write(head('200 OK', `content-type: ${json}`, `content-length: ${body.length}`));
    socket.write(half(body));
    return untilGone(signal);
  },
  drip,
  garbage: ({ socket }) => void socket.end('\u0000\u0001 this is no HTTP at all\r\n\r\n\u0007'),
  garbageBody: ({ response }) => send(response, 200, json, '{"data": {"offices": [}, <what?>'),
  emptyBody: ({ response }) => send(response, 200, json, ''),
  notAnObject: ({ response }) => send(response, 200, json, '[1, "two", null]'),
  html: ({ response }) =>
    send(
      response,
      200,
      'text/html',
      '<!doctype html><title>Welcome</title><p>It serves pages, too.',
    ),
  htmlType: ({ response, body }) => send(response, 200, 'text/html', body),
  status500: withStatus(500),
  status503: withStatus(503),
  status404: withStatus(404),
  status204: withStatus(204),
  status401: withStatus(401),
  redirect: ({ response, redirectTo }) =>
    send(response, 307, 'text/plain', 'elsewhere', { location: redirectTo }),
  oversize,
  oversizeLength: ({ socket, signal }) => {
    socket.write(head('200 OK', `content-type: ${json}`, 'content-length: 99999999999'));
    socket.write('{"data":');
    return untilGone(signal);
  },
  hugeHeaders: ({ socket, body }) => {
    const headers = Array.from(
      { length: 64 },
      (_, index) => `x-filler-${index}: ${'a'.repeat(4096)}`,
    );
    socket.end(
      head('200 OK', `content-type: ${json}`, `content-length: ${body.length}`, ...headers) +
        String(body),
    );
  },
  truncatedLength: ({ socket, body }) => {
    socket.write(head('200 OK', `content-type: ${json}`, `content-length: ${body.length + 100}`));
    socket.end(body);
  },
  truncatedChunk: ({ socket, body }) => {
    socket.write(head('200 OK', `content-type: ${json}`, 'transfer-encoding: chunked'));
    socket.end(`${body.length.toString(16)}\r\n${String(half(body))}`);
  },
  wrongEncoding: ({ response, body }) =>
    send(response, 200, json, body, { 'content-encoding': 'gzip' }),
  invalidUtf8: ({ response, body }) => {
    const quote = body.indexOf('":"') + 3;
    const at = quote > 2 ? quote : 0;
    const spoilt = [body.subarray(0, at), Buffer.of(0xc3, 0x28, 0xff), body.subarray(at)];
    send(response, 200, json, Buffer.concat(spoilt));
  },
  deepJson: ({ response }) =>
    send(response, 200, json, `{"data":${'['.repeat(nested)}${']'.repeat(nested)}}`),
} as const satisfies Record<string, (answer: WireResponse) => void | Promise<void>>;

export type WireFault = keyof typeof wireFaults;
