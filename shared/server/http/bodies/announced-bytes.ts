import type { FastifyRequest } from 'fastify';
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
