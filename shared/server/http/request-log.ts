import type { FastifyInstance } from 'fastify';
import { readCaller } from './caller-note.js';

/** nginx’s status for a client that disconnected before the response. */
const clientClosedRequest = 499;
/** The levels at which requests are logged. */
const logged: readonly string[] = ['info', 'debug', 'trace'];

/**
 * Logs each request at its end: id, method, path, status, duration, the caller’s organisation and
 * role, and the name of the operation. The path is the route’s, so that name is the only text of
 * the client in the log.
 */
export function useRequestLog(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, done) => {
    if (!logged.includes(request.log.level)) return done();
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.raw.statusCode : clientClosedRequest;
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
      const path = request.routeOptions.url ?? 'unknown';
      const { id: requestId, method } = request;
      const caller = readCaller(request.raw);
      request.log.info({ requestId, method, path, status, durationMs, ...caller }, 'request');
    });
    done();
  });
}
