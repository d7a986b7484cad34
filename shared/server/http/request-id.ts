import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The form of a foreign id that may be used in our log and responses. */
const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,63}$/;

/**
 * The request id of the client or a proxy (`x-request-id`) if it is well-formed, and otherwise a
 * new one.
 */
export function readRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
}
