import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What an id of somebody else’s has to look like to be written into our log and answers. */
const wellFormed = /^[A-Za-z0-9][A-Za-z0-9._:-]{7,63}$/;

/** The id that the client or a proxy gave the request in `x-request-id`, if it is well-formed; else a new one. */
export function readRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUID();
}
