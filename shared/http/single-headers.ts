import type { FastifyInstance } from 'fastify';
import { malformed } from '../errors/refusal.js';

/** If one is sent twice, node reads the first, and a proxy in front of the server may read the second. */
const single = ['host', 'authorization', 'content-type'] as const;

/** Its place among these, or -1. Most names have another length, and are not made lower-case. */
function placeOf(name: string): number {
  for (let place = 0; place < single.length; place += 1) {
    const one = single[place];
    if (one?.length === name.length && one === name.toLowerCase()) return place;
  }
  return -1;
}

/** The header of these that a request has twice. Nothing is made for it: every request comes here. */
function findRepeated(rawHeaders: readonly string[]): string | undefined {
  let seen = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const place = placeOf(rawHeaders[index] ?? '');
    if (place < 0) continue;
    if ((seen & (1 << place)) !== 0) return single[place];
    seen |= 1 << place;
  }
  return undefined;
}

/** Refuses a request that has one of these headers twice, and one of HTTP/1.1 without `Host` (RFC 9112, 3.2). */
export function useSingleHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', ({ raw: { rawHeaders, headers, httpVersion } }, _reply, done) => {
    const repeated = findRepeated(rawHeaders);
    if (repeated !== undefined) {
      done(malformed(`The header \`${repeated}\` must not be sent twice.`));
    } else if (headers.host === undefined && httpVersion === '1.1') {
      done(malformed('The header `host` is required.'));
    } else done();
  });
}
