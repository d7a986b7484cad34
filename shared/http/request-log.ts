import type { FastifyInstance } from 'fastify';
import { readCaller } from './caller-note.js';

/** nginx’s number for a client that went away before it was answered. */
const clientClosedRequest = 499;
/** The levels at which requests are logged. */
const logged: readonly string[] = ['info', 'debug', 'trace'];

/**
 * Logs each request when it is over: its id, method, path, status and duration, the organisation and role of its caller,
 * and the name of its operation. The path is the route’s own: of what a client wrote, only that name gets into the log.
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
