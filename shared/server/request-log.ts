import type { FastifyInstance } from 'fastify';

/** nginx’s number for a client that went away before it was answered. */
const clientClosedRequest = 499;

/**
 * Logs each request when it is over: its id, method, path, status and duration. The path is the route’s own, so that
 * nothing a client wrote into an address or a body gets into the log.
 */
export function useRequestLog(http: FastifyInstance): void {
  http.addHook('onRequest', (request, reply, done) => {
    const startedAt = performance.now();
    reply.raw.once('close', () => {
      const status = reply.raw.writableFinished ? reply.raw.statusCode : clientClosedRequest;
      const durationMs = Math.round((performance.now() - startedAt) * 10) / 10;
      const path = request.routeOptions.url ?? 'unknown';
      const { id: requestId, method } = request;
      request.log.info({ requestId, method, path, status, durationMs }, 'request');
    });
    done();
  });
}
