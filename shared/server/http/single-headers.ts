import type { FastifyInstance } from 'fastify';
import { malformed } from '../../errors/refusal.js';

/**
 * If one of these is sent twice, Node reads the first, and a proxy in front of the server may read
 * the second.
 */
const single = ['host', 'authorization', 'content-type'] as const;

/**
 * The index of a name in this list, or -1. Names of other lengths are not converted to lower case.
 */
function indexInSingle(name: string): number {
  for (let at = 0; at < single.length; at += 1) {
    const one = single[at];
    if (one?.length === name.length && one === name.toLowerCase()) return at;
  }
  return -1;
}

/**
 * The repeated header of a request, if there is one. It allocates nothing, because every request is
 * checked.
 */
function findRepeated(rawHeaders: readonly string[]): string | undefined {
  let seen = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const at = indexInSingle(rawHeaders[index] ?? '');
    if (at < 0) continue;
    if ((seen & (1 << at)) !== 0) return single[at];
    seen |= 1 << at;
  }
  return undefined;
}

/**
 * Rejects a request with one of these headers twice, and HTTP/1.1 without `Host` (RFC 9112, 3.2).
 * With HTTP/2, `:authority` is the `Host`, and both must be the same (RFC 9113, 8.3.1).
 */
export function useSingleHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', ({ raw: { rawHeaders, headers, httpVersion } }, _reply, done) => {
    const repeated = findRepeated(rawHeaders);
    if (repeated !== undefined) {
      done(malformed(`The header \`${repeated}\` must not be sent twice.`));
    } else if ((headers[':authority'] ?? headers.host) !== headers.host) {
      done(malformed('The headers `host` and `:authority` must be the same.'));
    } else if (headers.host === undefined && httpVersion !== '1.0') {
      done(malformed('The header `host` is required.'));
    } else done();
  });
}
