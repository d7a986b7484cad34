import type { FastifyReply, FastifyRequest } from 'fastify';

/** How long a rejected body is read, and how many bytes. */
const discardMs = 2_000;
const mostDiscarded = 16_000_000;

/** HTTP/2 has no header that announces a body. */
const isOfUnknownSize = ({ headers, raw }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined ||
  (raw.httpVersionMajor === 2 && headers['content-length'] === undefined && !raw.complete);

/** The bytes of a body that is not read into memory, as far as they are known before it has come. */
export function countDiscarded(request: FastifyRequest): number {
  const { headers, routeOptions } = request;
  const bytes = isOfUnknownSize(request)
    ? routeOptions.bodyLimit
    : Number(headers['content-length'] ?? 0);
  return Math.min(bytes ?? 0, mostDiscarded);
}

/** True while a client is still sending a body that is too large or of unknown size. */
export function isSendingTooMuch(request: FastifyRequest): boolean {
  const { raw, headers, routeOptions } = request;
  if (raw.complete) return false;
  if (isOfUnknownSize(request)) return true;
  return Number(headers['content-length'] ?? 0) > (routeOptions.bodyLimit ?? 0);
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
  request.resume();
  return reply;
}
