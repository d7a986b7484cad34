import type { FastifyInstance } from 'fastify';
import { malformed } from './refusal.js';

/** If one is sent twice, node reads the first, and a proxy in front of the server may read the second. */
const single: readonly string[] = ['host', 'authorization', 'content-type'];

/** Refuses a request that has one of these headers twice. */
export function useSingleHeaders(http: FastifyInstance): void {
  http.addHook('onRequest', ({ raw: { rawHeaders } }, _reply, done) => {
    const seen = new Set<string>();
    for (let index = 0; index < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]?.toLowerCase() ?? '';
      if (!single.includes(name)) continue;
      if (seen.has(name)) return done(malformed(`The header \`${name}\` must not be sent twice.`));
      seen.add(name);
    }
    done();
  });
}
