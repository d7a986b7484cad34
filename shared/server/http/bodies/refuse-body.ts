import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { Http2Request } from '../connections/http2-messages.js';

/** A body up to this length is one part, or few. */
export const shortBytes = 65_536;

/** The bytes of a body, as its request announces them: 0 without a body, Infinity if it does not say. */
export function readAnnouncedBytes({ headers, raw }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return Infinity;
  const length = headers['content-length'];
  if (length !== undefined) return Number(length);
  // HTTP/2 has no header that announces a body.
  const message: unknown = raw;
  return message instanceof Http2Request && !message.stream.endAfterHeaders ? Infinity : 0;
}

/** Whether its body is long, or may become long. */
export const announcesLongBody = (request: FastifyRequest): boolean =>
  readAnnouncedBytes(request) > shortBytes;

/** How long a rejected body is read, and how many bytes. */
const discardMs = 2_000;
const mostDiscarded = 16_000_000;

/** The bytes of a body that is not read into memory, as far as they are known before it has come. */
export function countDiscarded(request: FastifyRequest): number {
  const bytes = readAnnouncedBytes(request);
  const { bodyLimit } = request.routeOptions;
  return Math.min(bytes === Infinity ? bodyLimit : bytes, mostDiscarded);
}

/** True while a client is still sending a body that is long, too large, or of unknown size. */
export const isSendingLong = (request: FastifyRequest): boolean =>
  !request.raw.complete &&
  readAnnouncedBytes(request) > Math.min(shortBytes, request.routeOptions.bodyLimit);

const discarded = Symbol('discarded');

interface Refused extends IncomingMessage {
  [discarded]?: true;
}

export const isDiscarded = (raw: IncomingMessage): boolean => (raw as Refused)[discarded] === true;

/** Reads what is left of a body, and keeps nothing of it. */
export function discardBody(raw: IncomingMessage): void {
  (raw as Refused)[discarded] = true;
  raw.resume();
}

/**
 * Sends the whole response first, then discards the rest of the body, and only then closes the
 * connection. If it closed at once, the client’s system would report a reset, and many clients
 * would not read the response.
 */
export function sendBeforeBody(
  { raw: request }: FastifyRequest,
  reply: FastifyReply,
  { status, body }: { readonly status: number; readonly body: string },
): FastifyReply {
  reply.hijack();
  const { raw: response } = reply;
  const length = Buffer.byteLength(body);
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) response.setHeader(name, value);
  response.writeHead(status, { 'content-length': length, connection: 'close' });
  // Otherwise the head of a response to HEAD would wait for the end.
  response.flushHeaders();
  response.write(body);
  let left = mostDiscarded;
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, discardMs);
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left <= 0) end();
  });
  request.once('end', end);
  response.once('close', () => clearTimeout(timer));
  discardBody(request);
  return reply;
}
